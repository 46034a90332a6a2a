// SPDX-License-Identifier: Apache-2.0
// The view of all jobs: devices, what runs, the queue in its order, what has ended.

import {get, post} from "./api.js";
import {Devices} from "./devices.js";
import {h, setText} from "./dom.js";
import {cancelMode} from "./jobactions.js";
import {endedRow, queuedRow, runningRow} from "./jobrows.js";
import {ended, live} from "./live.js";
import {action, showProblem} from "./notice.js";
import {queueOrder} from "./queueorder.js";
import {Rows} from "./rows.js";
import {Selection, SelectionBar} from "./selection.js";
import {mayChange} from "./session.js";

const PAGE = 200;
const STATES = ["queued", "running", "stopping", "succeeded", "failed", "cancelled"];

/** Survives other views being looked at. */
const selection = new Selection();
let scrolled = 0;

function table(name, columns, kind) {
  const body = h("tbody");
  const all = h("input", {type: "checkbox", "aria-label": `Select all shown: ${name}`});
  const count = h("span", {class: "count number"});
  const empty = h("p", {class: "empty"});
  const element = h("section", {class: "joblist", "aria-labelledby": `${kind}-title`},
      h("h2", {id: `${kind}-title`}, name, " ", count),
      h("table", {class: kind, "aria-labelledby": `${kind}-title`},
          h("thead", {}, h("tr", {}, h("th", {class: "box"}, all), h("th", {scope: "col"}, "Job"), h("th", {scope: "col"}, "Name"),
              columns.map((column) => h("th", {scope: "col", class: column === columns[1] ? "wide" : null}, column)))),
          body),
      empty);
  return {element, body, all, count, empty};
}

/** The view of all jobs. */
export class JobsView {
  #devices = new Devices();
  #parts;
  #bar = new SelectionBar(selection, () => this.#select([...live.jobs.values()], false));
  #state;
  #label;
  #labels = h("datalist", {id: "known-labels"});
  #knownLabels = "";
  #cancelLabel = h("button", {type: "button", hidden: true, onclick: action(() => this.#cancelByLabel())});
  #older = h("button", {type: "button", onclick: action(() => this.#more())}, "Show older jobs");
  #before = null;
  #end = false;
  #loading = h("p", {class: "empty"}, "Loading…");
  #unwatch;

  constructor(query) {
    this.#state = h("select", {id: "filter-state", onchange: () => this.#filtered()}, h("option", {value: ""}, "all"),
        STATES.map((state) => h("option", {value: state}, state)));
    this.#state.value = STATES.includes(query.get("state")) ? query.get("state") : "";
    this.#label = h("input", {id: "filter-label", type: "search", list: "known-labels", autocomplete: "off", maxlength: "60",
      value: query.get("label") ?? "", oninput: () => this.#filtered()});
    this.#parts = {
      running: this.#part("Running", ["State", "Progress", "Loss", "Running for", "Time left", "Slots"], "running", runningRow),
      queued: this.#part("Queue", ["Place", "Waiting for", "Priority", "Devices", "Submitted", "By"], "queued", queuedRow),
      ended: this.#part("Ended", ["State", "Result", "Loss", "Took", "Ended", "By"], "ended", endedRow),
    };
    this.#parts.ended.element.append(this.#older);
    this.element = h("div", {class: "jobs"},
        h("div", {class: "head"}, h("h1", {}, "Jobs"),
            h("form", {class: "filter", role: "search", "aria-label": "Filter jobs", onsubmit: (event) => event.preventDefault()},
                h("span", {}, h("label", {for: "filter-state"}, "State"), this.#state),
                h("span", {}, h("label", {for: "filter-label"}, "Label"), this.#label), this.#labels,
                mayChange() ? this.#cancelLabel : null)),
        this.#devices.element, this.#bar.element, this.#loading,
        this.#parts.running.element, this.#parts.queued.element, this.#parts.ended.element);
    this.scroll = scrolled;
    selection.watch(() => this.#bar.update());
    this.#unwatch = live.watch(() => this.#update());
    this.#update();
    if (this.#label.value) {
      this.#more().catch(showProblem);
    }
  }

  close() {
    scrolled = scrollY;
    selection.watch(() => {});
    this.#unwatch();
  }

  #part(name, columns, kind, row) {
    const part = table(name, columns, kind);
    part.rows = new Rows(part.body, row(selection));
    part.shown = [];
    part.all.addEventListener("change", () => this.#select(part.shown, part.all.checked));
    return part;
  }

  #select(jobs, selected) {
    for (const job of jobs) {
      selection.set(job.id, selected);
      for (const part of Object.values(this.#parts)) {
        part.rows.row(job.id)?.mark(selected);
      }
    }
    for (const part of Object.values(this.#parts)) {
      part.all.checked = selected && part.shown === jobs;
    }
  }

  #matches(job) {
    return (!job.trial || this.#label.value !== "") // a search stands for its trials
        && (this.#state.value === "" || job.state === this.#state.value)
        && (this.#label.value === "" || job.labels.includes(this.#label.value.trim()));
  }

  #update() {
    this.#devices.update();
    const running = [];
    const queued = [];
    const over = [];
    const labels = new Set();
    for (const job of live.jobs.values()) {
      job.labels.forEach((label) => labels.add(label));
      if (this.#matches(job)) {
        (job.state === "queued" ? queued : ended(job.state) ? over : running).push(job);
      }
    }
    running.sort((a, b) => a.id - b.id);
    queued.sort(queueOrder);
    over.sort((a, b) => (b.ended ?? "").localeCompare(a.ended ?? "") || b.id - a.id);
    this.#show(this.#parts.running, running, "Nothing runs.");
    this.#show(this.#parts.queued, queued, "Nothing waits.");
    this.#show(this.#parts.ended, over, "Nothing has ended.");
    this.#older.hidden = this.#end || live.whole;
    this.#loading.hidden = live.ready;
    this.#bar.update();
    this.#tellLabels([...labels].sort());
  }

  #show(part, jobs, nothing) {
    part.shown = jobs;
    part.rows.show(jobs);
    setText(part.count, part === this.#parts.ended && !this.#end && !live.whole ? `the newest ${jobs.length}` : String(jobs.length));
    part.empty.hidden = jobs.length > 0;
    const filtered = this.#state.value !== "" || this.#label.value !== "";
    setText(part.empty, filtered ? "None matches the filter." : nothing);
    part.element.hidden = !live.ready;
    part.element.classList.toggle("none", jobs.length === 0);
  }

  #tellLabels(labels) {
    const text = labels.join("\n");
    if (text !== this.#knownLabels) {
      this.#knownLabels = text;
      this.#labels.replaceChildren(...labels.map((label) => h("option", {value: label})));
    }
    const label = this.#label.value.trim();
    const some = label !== "" && [...live.jobs.values()].some((job) => job.labels.includes(label) && !ended(job.state));
    this.#cancelLabel.hidden = !some;
    setText(this.#cancelLabel, `Cancel all labelled ${label}…`);
  }

  #filtered() {
    const query = new URLSearchParams();
    if (this.#state.value) {
      query.set("state", this.#state.value);
    }
    if (this.#label.value.trim()) {
      query.set("label", this.#label.value.trim());
    }
    history.replaceState(null, "", query.size === 0 ? "#/jobs" : `#/jobs?${query}`);
    this.#before = null;
    this.#end = false;
    this.#update();
  }

  /** Jobs that ended before those that the stream's snapshot has, in pages. */
  async #more() {
    const states = this.#state.value === "" || !ended(this.#state.value) ? "succeeded,failed,cancelled" : this.#state.value;
    const query = new URLSearchParams({state: states, limit: PAGE});
    if (this.#label.value.trim()) {
      query.set("label", this.#label.value.trim());
    }
    if (this.#before !== null) {
      query.set("before", this.#before);
    }
    const page = await get(`/jobs?${query}`);
    this.#before = page.next ?? null;
    this.#end = this.#before === null;
    live.add(page.jobs);
  }

  async #cancelByLabel() {
    const label = this.#label.value.trim();
    const jobs = [...live.jobs.values()].filter((job) => job.labels.includes(label) && !ended(job.state));
    const mode = await cancelMode(`Cancel all jobs labelled ${label}?`, jobs);
    if (mode !== null) {
      live.add((await post(`/jobs/cancel?label=${encodeURIComponent(label)}`, {mode})).jobs);
    }
  }
}
