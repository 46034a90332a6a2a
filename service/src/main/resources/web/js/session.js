// SPDX-License-Identifier: Apache-2.0
// Who looks at the page: a token, kept in a cookie that scripts cannot read.

import {get, post, send} from "./api.js";

let token = null;

/** The token, without its secret; null before someone has signed in. */
export function who() {
  return token;
}

/** Whether they may submit, cancel, resume and delete. */
export function mayChange() {
  return token !== null && token.role !== "reader";
}

/** Whether they may see tokens and the audit trail, and drain devices. */
export function isAdmin() {
  return token?.role === "admin";
}

/** Asks whether there is a session; null if not. */
export async function find() {
  try {
    token = await get("/session");
  } catch (refused) {
    if (refused.status !== 401) {
      throw refused;
    }
    token = null;
  }
  return token;
}

/** Begins one. */
export async function begin(secret) {
  token = await post("/session", {token: secret});
}

/** Ends it. */
export async function end() {
  await send("DELETE", "/session");
  token = null;
}

/** Forgets a session that the server does not know any more. */
export function forget() {
  token = null;
}
