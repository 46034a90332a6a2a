// SPDX-License-Identifier: Apache-2.0
// The view of one job: its state, its curves past and live, its log, its files, and what can be done with it.

import {get} from "./api.js";
import {connection} from "./connection.js";
import {Curves} from "./curves.js";
import {fill, h, setText} from "./dom.js";
import {EpochTable} from "./epochtable.js";
import {Attempts, Facts} from "./facts.js";
import {Files} from "./files.js";
import {duration, number} from "./format.js";
import * as actions from "./jobactions.js";
import {ended, live} from "./live.js";
import {Log} from "./log.js";
import {action, clearProblem, load, showProblem} from "./notice.js";
import {Progress} from "./progress.js";
import {Report} from "./report.js";
import {RunsCharts} from "./runscharts.js";
import {mayChange} from "./session.js";
import {badge, setBadge} from "./state.js";
import {Stream} from "./stream.js";
import {TrainingCharts} from "./trainingcharts.js";
import {Trials} from "./trials.js";

const DRAW_MILLIS = 250;

/** The view of the job with this id. */
export class JobView {
  #id;
  #job = null;
  #title = h("h1");
  #badge = badge("queued");
  #progress;
  #now = h("p", {class: "now number"});
  #failure = h("p", {class: "problem", hidden: true});
  #buttons = h("div", {class: "buttons actions"});
  #shownButtons = "";
  #facts = new Facts();
  #attempts = new Attempts();
  #curves = new Curves();
  #charts = null;
  #epochs = new EpochTable();
  #trials;
  #crumb = h("p", {class: "crumb"});
  #chartBox = h("section", {"aria-label": "Curves"});
  #waiting = h("p", {class: "empty"}, "No curves yet.");
  #log;
  #files;
  #report;
  #loading = h("p", {class: "empty"}, "Loading…");
  #all = h("div", {hidden: true});
  #stream = null;
  #drawing = null;
  #closed = false;
  #asking = false;
  #unwatch;

  constructor(id) {
    this.#id = id;
    this.#progress = new Progress(`Progress of job ${id}`);
    this.#log = new Log(id);
    this.#report = new Report(id);
    this.#trials = new Trials(id);
    this.#files = new Files(id, (files) => this.#report.update(files));
    this.element = h("div", {class: "job"},
        this.#crumb, this.#loading, this.#all);
    fill(this.#crumb, h("a", {href: "#/jobs"}, "Jobs"), ` / ${id}`);
    fill(this.#all, h("div", {class: "head"}, this.#title, this.#badge, this.#buttons),
        this.#failure,
        h("div", {class: "progressline"}, this.#progress.element, this.#now),
        this.#facts.element, this.#report.element, this.#trials.element, this.#chartBox, this.#epochs.element, this.#log.element,
        h("div", {class: "columns"}, this.#files.element, this.#attempts.element));
    this.#chartBox.append(this.#waiting);
    this.#unwatch = live.watch(() => this.#changedAll());
    load(() => this.#load(), (error, again) => this.#missing(error, again));
  }

  /** Something has changed in the queue; perhaps somebody has deleted this job. */
  #changedAll() {
    if (this.#job === null) {
      return;
    }
    this.#facts.update(this.#job);
    if (this.#job.kind === "tune") {
      this.#trials.update(this.#job.search);
    }
    if (live.ready && !live.jobs.has(this.#id) && !this.#asking) {
      this.#asking = true;
      load(async () => {
        const job = await get(`/jobs/${this.#id}`);
        this.#asking = false;
        this.#show(job);
      }, (error, again) => this.#missing(error, again));
    }
  }

  close() {
    this.#closed = true;
    this.#unwatch();
    this.#stream?.close();
    this.#log.close();
    this.#files.close();
    this.#charts?.close();
    clearTimeout(this.#drawing);
  }

  #missing(error, again) {
    if (error.status === 404) {
      this.#gone();
    } else {
      showProblem(error, again);
    }
  }

  #gone() {
    this.close();
    fill(this.element, h("p", {class: "crumb"}, h("a", {href: "#/jobs"}, "Jobs")), h("h1", {}, `Job ${this.#id}`),
        h("p", {class: "empty", role: "status"}, "It is not there; perhaps it was deleted."));
  }

  async #load() {
    const job = await get(`/jobs/${this.#id}`);
    if (this.#closed) {
      return;
    }
    this.#show(job);
    this.#loading.hidden = true;
    this.#all.hidden = false;
    const of = job.trial?.of;
    if (of) {
      fill(this.#crumb, h("a", {href: "#/jobs"}, "Jobs"), " / ", h("a", {href: `#/job/${of}`}, String(of)), ` / ${this.#id}`);
    }
    if (job.kind === "tune") {
      this.#chartBox.hidden = true; // its trials have them
      await this.#trials.read();
    }
    await this.#follow();
  }

  /** The past by one request, what comes after it by the stream. */
  async #follow() {
    const past = await get(`/jobs/${this.#id}/metrics?points=1000`);
    if (this.#closed) {
      return;
    }
    this.#curves = new Curves();
    this.#curves.past(past);
    this.#draw();
    this.#stream?.close();
    if (!ended(this.#job.state)) {
      this.#stream = new Stream(`/jobs/${this.#id}/events`, {
        training: (event) => this.#event(event),
        job: (job) => this.#show(job),
        end: () => this.#stream.close(),
      }, {after: past.after, state: (state) => connection("job", state)});
    }
  }

  #event(event) {
    if (this.#curves.add(event) && this.#drawing === null) {
      this.#drawing = setTimeout(() => {
        this.#drawing = null;
        this.#draw();
      }, DRAW_MILLIS);
    }
    if (event.type === "epoch" || event.type === "checkpointed") {
      this.#files.read();
    }
  }

  #draw() {
    if (this.#curves.runs.size > 0) {
      if (this.#charts === null) {
        this.#charts = this.#job.kind === "compare" ? new RunsCharts() : new TrainingCharts();
        fill(this.#chartBox, this.#charts.element);
      }
      if (this.#job.kind === "compare") {
        this.#charts.update(this.#curves.named(), this.#curves.metrics);
      } else {
        this.#charts.update(this.#curves);
        this.#epochs.update(this.#curves);
      }
    }
    this.#tellNow();
  }

  #show(job) {
    const before = this.#job;
    this.#job = job;
    live.add([job]);
    setText(this.#title, job.name);
    document.title = `${job.id} ${job.name} · arturo4j`;
    setBadge(this.#badge, job.state);
    this.#progress.element.parentElement.hidden = job.state === "queued" || (!job.position && !job.search && ended(job.state));
    this.#progress.update(job.position, job.search);
    this.#tellNow();
    const failure = job.failure ?? (job.state === "cancelled" ? `Cancelled by ${job.cancelledBy ?? "the server"}.` : null);
    this.#failure.hidden = failure === null;
    this.#failure.classList.toggle("quiet", job.state === "cancelled");
    setText(this.#failure, failure ?? "");
    this.#facts.update(job);
    this.#attempts.update(job);
    this.#log.element.hidden = this.#files.element.hidden = job.attempts.length === 0; // nothing of it has run
    this.#tellButtons();
    if (before && job.kind === "tune" && JSON.stringify(before.search) !== JSON.stringify(job.search)) {
      this.#files.read();
    }
    if (before?.state !== job.state) {
      this.#files.read();
      const runs = job.state === "running" || job.state === "stopping";
      const ran = before?.state === "running" || before?.state === "stopping";
      if ((runs && !ran) || (before === null && ended(job.state))) {
        this.#log.read(runs);
      }
    }
  }

  #tellNow() {
    const job = this.#job;
    const run = this.#curves.runs.values().next().value;
    const step = run?.steps.at(-1);
    const running = job.state === "running";
    setText(this.#now, [
      job.position?.steps && !ended(job.state) ? `step ${job.position.step}/${job.position.steps}` : null,
      step && Number.isFinite(step.loss) ? `loss ${number(step.loss)}` : null,
      running && step?.rate ? `${number(step.rate)} examples/s` : null,
      running && Number.isFinite(job.secondsLeft) ? `${duration(job.secondsLeft)} left` : null,
    ].filter((part) => part !== null).join("  ·  "));
  }

  #tellButtons() {
    const job = this.#job;
    const key = `${job.state} ${job.resumable}`;
    if (key === this.#shownButtons) {
      return;
    }
    const focused = this.#buttons.contains(document.activeElement);
    this.#shownButtons = key;
    const button = (label, does, kind) => h("button", {type: "button", class: kind ?? null, onclick: action(does)}, label);
    fill(this.#buttons, !mayChange() ? [] : [
      ended(job.state) ? null : button("Cancel…", () => this.#changed(actions.cancel(this.#job))),
      ended(job.state) && job.resumable && !job.trial ? button("Resume…", () => this.#resume(), "primary") : null,
      button("Change…", () => this.#changed(actions.change(this.#job))),
      job.trial ? null : h("a", {class: "button", href: `#/submit?from=${job.id}`}, "Submit again…"),
      ended(job.state) && !job.trial ? button("Delete…", () => this.#delete(), "danger") : null,
    ]);
    if (focused) {
      (this.#buttons.querySelector("button") ?? this.#title).focus();
    }
  }

  async #changed(answer) {
    const job = await answer;
    if (job !== null) {
      this.#show(job);
    }
  }

  async #resume() {
    const job = await actions.resume(this.#job);
    if (job !== null) {
      this.#show(job);
      await this.#follow();
    }
  }

  async #delete() {
    if (await actions.remove(this.#job)) {
      live.forget(this.#id);
      clearProblem();
      location.hash = "#/jobs";
    }
  }
}
