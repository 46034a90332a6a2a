// SPDX-License-Identifier: Apache-2.0
// What a screen reader says of its own accord: changes of state, not steps.

const GATHER_MILLIS = 400;
const MOST = 3;
let waiting = [];

/** Says a line, or, where many come at once, how many. */
export function announce(line) {
  waiting.push(line);
  if (waiting.length === 1) {
    setTimeout(() => {
      const text = waiting.length > MOST ? `${waiting.length} jobs have changed their state` : waiting.join(". ");
      waiting = [];
      document.getElementById("announcer").textContent = text;
    }, GATHER_MILLIS);
  }
}
