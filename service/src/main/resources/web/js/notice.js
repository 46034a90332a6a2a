// SPDX-License-Identifier: Apache-2.0
// What went wrong outside of a form, in one line that stays until it is closed or the view changes.

import {fill, h} from "./dom.js";

/** Shows what a request was refused with, and, where trying again may help, a button that does so. */
export function showProblem(error, again = null) {
  if (error.status === 401 || error.name === "AbortError") {
    return;
  }
  if (error.status === undefined) {
    console.error(error);
  }
  fill(document.getElementById("notice"),
      h("p", {class: "problem"}, h("span", {}, error.message),
          again && h("button", {type: "button", class: "small", onclick: action(again, again)}, "Try again"),
          h("button", {type: "button", class: "plain", "aria-label": "Close this message", onclick: clearProblem}, "✕")));
}

/** Takes the line away. */
export function clearProblem() {
  fill(document.getElementById("notice"));
}

/** Has a view read what it shows; where that is refused, it can be tried again. */
export function load(reads, failed = (error, again) => showProblem(error, again)) {
  reads().catch((error) => failed(error, reads));
}

/** Runs what a button does, once at a time, and shows what it is refused with. */
export function action(does, again = null) {
  return async (event) => {
    const button = event.currentTarget;
    if (button.getAttribute("aria-busy") === "true") {
      return;
    }
    button.setAttribute("aria-busy", "true");
    try {
      clearProblem();
      await does(event);
    } catch (error) {
      showProblem(error, again);
    } finally {
      button.removeAttribute("aria-busy");
    }
  };
}
