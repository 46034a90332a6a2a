// SPDX-License-Identifier: Apache-2.0
// Requests to the server, and what it refuses.

/** Where the interface is. */
export const ROOT = "/api/v1";

/** What other sites cannot send: it tells the server that a request is this page's. */
const OURS = {"X-Requested-With": "arturo"};

/** What the server says is wrong (RFC 9457): one line, and where. */
export class Problem extends Error {
  constructor(status, detail, field) {
    super(detail);
    this.status = status;
    this.field = field ?? null;
  }
}

/** Who is told that the server knows nobody of this session. */
export const signedOut = {told: () => {}};

async function problem(response) {
  const text = await response.text();
  let detail = `${response.status} ${response.statusText}`;
  let field = null;
  try {
    const body = JSON.parse(text);
    detail = body.detail ?? body.title ?? detail;
    field = body.field;
  } catch {
    // Of a proxy in between, which does not speak problem+json: its status has to do.
  }
  return new Problem(response.status, detail, field);
}

/** Sends a request below the root; resolves to the response, throws a Problem for what is refused. */
export async function send(method, path, {body, headers = {}, signal} = {}) {
  let response;
  try {
    response = await fetch(ROOT + path, {
      method,
      signal,
      headers: {...OURS, ...(body === undefined ? {} : {"Content-Type": "application/json"}), ...headers},
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch (error) {
    if (error.name === "AbortError") {
      throw error;
    }
    throw new Problem(0, "The server does not answer; see whether 'arturo serve' runs and try again.", null);
  }
  if (!response.ok) {
    const refused = await problem(response);
    if (refused.status === 401 && path !== "/session") {
      signedOut.told();
    }
    throw refused;
  }
  return response;
}

/** What a GET answers. */
export async function get(path, options) {
  return (await send("GET", path, options)).json();
}

/** What a POST answers; undefined where there is no content. */
export async function post(path, body, headers) {
  const response = await send("POST", path, {body, headers});
  return response.status === 204 ? undefined : response.json();
}
