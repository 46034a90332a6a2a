// SPDX-License-Identifier: Apache-2.0
// The view of who has changed what, for admins.

import {get} from "./api.js";
import {time} from "./clock.js";
import {h} from "./dom.js";
import {action, load} from "./notice.js";

/** The entries, the newest first. */
export class AuditView {
  #body = h("tbody");
  #more = h("button", {type: "button", hidden: true, onclick: action(() => this.#load())}, "Show older entries");
  #before = null;
  #loading = h("p", {class: "empty"}, "Loading…");

  constructor() {
    this.element = h("div", {class: "audit"}, h("h1", {}, "Audit"),
        h("section", {class: "joblist"}, h("table", {class: "plain", "aria-label": "Audit trail"},
            h("thead", {}, h("tr", {}, ["When", "Who", "Action", "Subject", "Detail"].map((name) => h("th", {scope: "col"}, name)))),
            this.#body), this.#loading, this.#more));
    load(() => this.#load());
  }

  async #load() {
    const page = await get(this.#before === null ? "/audit" : `/audit?before=${this.#before}`);
    this.#loading.hidden = true;
    this.#before = page.next ?? null;
    this.#more.hidden = this.#before === null;
    this.#body.append(...page.entries.map((entry) => h("tr", {},
        h("td", {"data-name": "when"}, time(entry.time)), h("td", {"data-name": "who"}, entry.who),
        h("td", {"data-name": "action"}, entry.action), h("td", {"data-name": "subject"}, this.#subject(entry.subject)),
        h("td", {class: "detail", "data-name": "detail"}, entry.detail ?? ""))));
  }

  #subject(subject) {
    const job = /^job (\d+)$/.exec(subject);
    return job ? h("a", {href: `#/job/${job[1]}`}, subject) : subject;
  }
}
