// SPDX-License-Identifier: Apache-2.0
// Which jobs are selected, and what can be done with them.

import {post} from "./api.js";
import {cancelMode} from "./jobactions.js";
import {fill, h} from "./dom.js";
import {ended, live} from "./live.js";
import {action, showProblem} from "./notice.js";
import {mayChange} from "./session.js";

/** The ids of selected jobs; they stay selected while the list changes, and while other views are looked at. */
export class Selection {
  #ids = new Set();
  #changed = () => {};

  /** Has a function called after each change. */
  watch(changed) {
    this.#changed = changed;
  }

  has(id) {
    return this.#ids.has(id);
  }

  set(id, selected) {
    if (selected) {
      this.#ids.add(id);
    } else {
      this.#ids.delete(id);
    }
    this.#changed();
  }

  clear() {
    this.#ids.clear();
    this.#changed();
  }

  /** Those that are still there. */
  jobs() {
    return [...this.#ids].map((id) => live.jobs.get(id)).filter((job) => job !== undefined);
  }
}

/** The bar that is there while jobs are selected. */
export class SelectionBar {
  #selection;
  #clear;
  #text = h("span", {role: "status"});
  #overlay = h("a", {class: "button"}, "Overlay curves");
  #cancel = h("button", {type: "button", onclick: action(() => this.#cancelAll())}, "Cancel…");

  /** Of a selection; clear is called when its jobs are no longer to be selected. */
  constructor(selection, clear) {
    this.#selection = selection;
    this.#clear = clear;
    this.element = h("div", {class: "selection", role: "group", "aria-label": "Selected jobs", hidden: true},
        this.#text, this.#overlay, mayChange() ? this.#cancel : null,
        h("button", {type: "button", onclick: () => clear()}, "Clear selection"));
  }

  update() {
    const jobs = this.#selection.jobs();
    const text = `${jobs.length} selected`;
    this.element.hidden = jobs.length === 0;
    if (this.#text.textContent !== text) {
      fill(this.#text, text);
    }
    this.#overlay.setAttribute("href", `#/overlay/${jobs.map((job) => job.id).join(",")}`);
    this.#cancel.disabled = !jobs.some((job) => !ended(job.state));
  }

  async #cancelAll() {
    const jobs = this.#selection.jobs().filter((job) => !ended(job.state));
    const mode = await cancelMode(`Cancel ${jobs.length === 1 ? `job ${jobs[0].id}` : `${jobs.length} jobs`}?`, jobs);
    if (mode === null) {
      return;
    }
    const refused = [];
    for (const job of jobs) {
      try {
        live.add([await post(`/jobs/${job.id}/cancel`, {mode})]);
      } catch (error) {
        refused.push(error);
      }
    }
    this.#clear();
    refused.slice(0, 1).forEach(showProblem);
  }
}
