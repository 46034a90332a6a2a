// SPDX-License-Identifier: Apache-2.0
// How far a job is.

import {h, setAttribute, setText} from "./dom.js";
import {number} from "./format.js";

/** Share of a training that is done, from 0 to 1; null if it is not known. */
export function share(position) {
  if (!position?.epochs) {
    return null;
  }
  const within = position.steps ? position.step / position.steps : 0;
  return Math.min(1, (Math.max(0, position.epoch - 1) + within) / position.epochs);
}

/** Where a training stands, in words. */
export function words(position) {
  if (!position) {
    return "–";
  }
  return position.epochs ? `epoch ${position.epoch}/${position.epochs}` : `epoch ${position.epoch}`;
}

/** How far a search is, in words. */
export function searchWords(search) {
  return [`${search.begun}/${search.trials} trials`, search.running > 0 ? `${search.running} at work` : null,
    search.failed > 0 ? `${search.failed} failed` : null].filter((part) => part !== null).join(", ");
}

/** The best trial of a search so far, in words. */
export function bestWords({best, metric}) {
  return best ? `${metric} ${number(best.value)}, trial ${best.trial}: ${best.values}` : "–";
}

/** A bar with words. */
export class Progress {
  #bar = h("progress", {max: "1"});
  #text = h("span", {class: "number"});

  constructor(label) {
    this.#bar.setAttribute("aria-label", label);
    this.element = h("span", {class: "progress"}, this.#bar, this.#text);
  }

  /** Shows the position of a training, or how far a search is; null for none yet. */
  update(position, search = null) {
    const done = search ? (search.begun - search.running) / search.trials : share(position);
    setAttribute(this.#bar, "value", done === null ? null : done.toFixed(4));
    setText(this.#text, search ? searchWords(search) : position ? words(position) : "starting");
  }
}
