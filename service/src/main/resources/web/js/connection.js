// SPDX-License-Identifier: Apache-2.0
// One line that says whether the streams of this page are cut.

const broken = new Set();

/** Tells how a stream fares: "open", "reconnecting" or "closed". */
export function connection(name, state) {
  if (state === "reconnecting") {
    broken.add(name);
  } else {
    broken.delete(name);
  }
  const line = document.getElementById("connection");
  const text = broken.size > 0 ? "Connection lost, reconnecting…" : "";
  if (line.textContent !== text) {
    line.textContent = text;
  }
}
