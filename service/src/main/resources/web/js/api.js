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

function problem(status, statusText, text) {
  let detail = `${status} ${statusText}`;
  let field = null;
  try {
    const body = JSON.parse(text);
    detail = body.detail ?? body.title ?? detail;
    field = body.field;
  } catch {
    // Of a proxy in between, which does not speak problem+json: its status has to do.
  }
  return new Problem(status, detail, field);
}

/** The problem of an answer, and, where the session is over, that this is so. */
function refusal(path, status, statusText, text) {
  const refused = problem(status, statusText, text);
  if (status === 401 && path !== "/session") {
    signedOut.told();
  }
  return refused;
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
    throw refusal(path, response.status, response.statusText, await response.text());
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

/**
 * Sends a file's bytes by a PUT; resolves to what is answered. A fetch does not tell how far it is.
 *
 * @param progress takes how many bytes have been sent
 */
export function putFile(path, file, {progress, signal}) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("PUT", ROOT + path);
    Object.entries({...OURS, "Content-Type": "application/octet-stream"}).forEach(([name, value]) => request.setRequestHeader(name, value));
    request.upload.addEventListener("progress", (event) => progress(event.loaded));
    request.addEventListener("error", () => reject(new Problem(0, "the connection was cut, or the file cannot be read any more", null)));
    request.addEventListener("abort", () => reject(signal.reason));
    request.addEventListener("load", () => {
      if (request.status === 201) {
        resolve(JSON.parse(request.responseText));
      } else {
        reject(refusal(path, request.status, request.statusText, request.responseText));
      }
    });
    signal.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
