// SPDX-License-Identifier: Apache-2.0
// A job's state as a word with a shape and a colour: each of the three tells it.

import {h, setText} from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";

const SHAPES = {
  queued: "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM8 5v3.2l2.2 1.4",
  running: "M5 3.2v9.6l8-4.8z",
  stopping: "M4 4h8v8h-8z",
  succeeded: "M3 8.6l3.4 3.4l6.8-7.6",
  failed: "M4 4l8 8M12 4l-8 8",
  cancelled: "M8 2.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11zM4.2 11.8l7.6-7.6",
  available: "M3 8.6l3.4 3.4l6.8-7.6",
  drained: "M5.5 3.5v9M10.5 3.5v9",
  faulty: "M4 4l8 8M12 4l-8 8",
};

/** A badge of a state. */
export function badge(state) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  svg.append(document.createElementNS(SVG, "path"));
  const element = h("span", {class: "state"}, svg, h("span"));
  setBadge(element, state);
  return element;
}

/** Gives a badge another state. */
export function setBadge(element, state) {
  if (element.dataset.state !== state) {
    element.dataset.state = state;
    element.firstChild.firstChild.setAttribute("d", SHAPES[state] ?? "");
    setText(element.lastChild, state);
  }
}
