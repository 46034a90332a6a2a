// SPDX-License-Identifier: Apache-2.0
// The trials of a search: what each tries, how far it is, and what it has come to.

import {get} from "./api.js";
import {h, setAttribute, setText} from "./dom.js";
import {number} from "./format.js";
import {live} from "./live.js";
import {words} from "./progress.js";
import {Rows} from "./rows.js";
import {badge, setBadge} from "./state.js";

function row(job) {
  const link = h("a", {href: `#/job/${job.id}`}, `job ${job.id}`);
  const state = badge(job.state);
  const progress = h("span", {class: "number"});
  const score = h("span", {class: "number"});
  return {
    element: h("tr", {},
        h("td", {class: "number id"}, String(job.trial.number)), h("td", {"data-name": "job"}, link),
        h("td", {class: "status"}, state), h("td", {"data-name": "progress"}, progress), h("td", {"data-name": "score"}, score),
        h("td", {"data-name": "values"}, job.trial.values)),
    update(now) {
      setBadge(state, now.state);
      setAttribute(state, "title", now.failure ?? now.waitingFor);
      setText(progress, now.position ? words(now.position) : "–");
      setText(score, number(now.trial.score));
    },
  };
}

/** A table of the trials of the search with this id; hidden while there is none. */
export class Trials {
  #id;
  #jobs = new Map();
  #metric = h("th", {scope: "col"}, "Score");
  #count = h("span", {class: "count number"});
  #rows;

  constructor(id) {
    this.#id = id;
    const body = h("tbody");
    this.#rows = new Rows(body, row);
    this.element = h("section", {class: "card", "aria-labelledby": "trials-title", hidden: true},
        h("h2", {id: "trials-title"}, "Trials ", this.#count),
        h("table", {class: "plain", "aria-labelledby": "trials-title"},
            h("thead", {}, h("tr", {}, ["Trial", "Job", "State", "Progress"].map((name) => h("th", {scope: "col"}, name)), this.#metric,
                h("th", {scope: "col"}, "Values"))), body));
  }

  /** Reads all of them; from then on {@link update} has what is new. */
  async read() {
    for (const job of (await get(`/jobs/${this.#id}/trials`)).jobs) {
      this.#jobs.set(job.id, job);
    }
    this.update();
  }

  /** Shows what the page's stream has told. */
  update(search) {
    for (const job of live.jobs.values()) {
      if (job.trial?.of === this.#id) {
        this.#jobs.set(job.id, job);
      }
    }
    const all = [...this.#jobs.values()].sort((a, b) => a.trial.number - b.trial.number);
    this.element.hidden = all.length === 0;
    setText(this.#count, search ? `${all.length} of ${search.trials}` : String(all.length));
    if (search) {
      setText(this.#metric, search.metric);
    }
    this.#rows.show(all);
  }
}
