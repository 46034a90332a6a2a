// SPDX-License-Identifier: Apache-2.0
// Times that stay right while the page is looked at.

import {h, setAttribute, setText} from "./dom.js";
import {absolute, ago, duration} from "./format.js";

const INTERVAL = 5000;

/** An element for a time, which says how long ago it is. */
export function time(instant) {
  const element = h("time");
  setTime(element, instant);
  return element;
}

/** An element for how long something takes, until now where it has no end. */
export function elapsed(from, to) {
  const element = h("time", {class: "elapsed"});
  setElapsed(element, from, to);
  return element;
}

/** Gives the first kind of element another time; null for none. */
export function setTime(element, instant) {
  setAttribute(element, "datetime", instant ?? null);
  if (instant) {
    setAttribute(element, "title", absolute(new Date(instant)));
    setText(element, ago(new Date(instant)));
  } else {
    setAttribute(element, "title", null);
    setText(element, "–");
  }
}

/** Gives the second kind of element other times. */
export function setElapsed(element, from, to) {
  setAttribute(element, "data-from", from ?? null);
  setAttribute(element, "data-to", to ?? null);
  if (from) {
    const end = to ? new Date(to) : new Date();
    setText(element, duration((end - new Date(from)) / 1000));
    setAttribute(element, "title", `${absolute(new Date(from))} – ${to ? absolute(end) : "now"}`);
  } else {
    setText(element, "–");
  }
}

setInterval(() => {
  if (document.hidden) {
    return;
  }
  for (const element of document.querySelectorAll("time[datetime]")) {
    setText(element, ago(new Date(element.getAttribute("datetime"))));
  }
  for (const element of document.querySelectorAll("time[data-from]:not([data-to])")) {
    setElapsed(element, element.dataset.from, null);
  }
}, INTERVAL);
