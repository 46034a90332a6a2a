// SPDX-License-Identifier: Apache-2.0
// What a job is, in words: what was asked for, who, when, and its attempts.

import {elapsed, setElapsed, setTime, time} from "./clock.js";
import {h, setText} from "./dom.js";
import {queueOrder} from "./queueorder.js";
import {live} from "./live.js";
import {bestWords} from "./progress.js";

const TERMS = ["Waiting for", "Place in the queue", "Best so far", "Tries", "Experiment", "Options", "Data set", "Labels", "Priority", "Devices", "Slots"];

const KINDS = {compare: ", comparison of optimizers", tune: ", search for values"};

function options(job) {
  return Object.entries(job.options)
      .flatMap(([name, given]) => [given].flat().map((value) => value === true ? `--${name}` : `--${name} ${value}`))
      .join("  ");
}

function place(job) {
  if (job.state !== "queued") {
    return "";
  }
  const queue = [...live.jobs.values()].filter(({state}) => state === "queued").sort(queueOrder);
  const index = queue.findIndex(({id}) => id === job.id);
  return index < 0 ? "" : `${index + 1} of ${queue.length}`;
}

/** A list of terms; those that say nothing are hidden. */
export class Facts {
  #list = h("dl", {class: "facts"});
  #texts = new Map();
  #submitted = time();
  #took = elapsed();
  element = this.#list;

  constructor() {
    for (const name of TERMS) {
      const text = h("dd");
      this.#texts.set(name, text);
      this.#list.append(h("div", {}, h("dt", {}, name), text));
    }
    this.#by = h("span");
    this.#list.append(h("div", {}, h("dt", {}, "Submitted"), h("dd", {}, this.#submitted, this.#by)));
    this.#tookRow = h("div", {}, h("dt", {}, "Time since its first start"), h("dd", {}, this.#took));
    this.#list.append(this.#tookRow);
  }

  #by;
  #tookRow;

  update(job) {
    this.#set("Waiting for", job.state === "queued" ? job.waitingFor : "");
    this.#set("Place in the queue", place(job));
    this.#set("Best so far", job.search?.best ? bestWords(job.search) : "");
    this.#set("Tries", job.trial?.values);
    this.#set("Experiment", job.experiment + (KINDS[job.kind] ?? ""));
    this.#set("Options", options(job));
    this.#set("Data set", job.dataset);
    this.#set("Labels", job.labels.join(", "));
    this.#set("Priority", String(job.priority));
    this.#set("Devices", job.device ? `${job.devices}, only on ${job.device}` : String(job.devices));
    this.#set("Slots", job.state === "running" || job.state === "stopping" ? job.attempts.at(-1)?.slots.join(", ") : "");
    setTime(this.#submitted, job.submitted);
    setText(this.#by, ` by ${job.submittedBy}`);
    this.#tookRow.hidden = !job.began;
    setElapsed(this.#took, job.began, job.began ? job.ended : null);
  }

  #set(name, text) {
    const element = this.#texts.get(name);
    setText(element, text ?? "");
    element.parentElement.hidden = !text;
  }
}

/** A table of a job's processes; hidden while there is none. */
export class Attempts {
  #body = h("tbody");
  #shown = "";
  element = h("section", {class: "card", "aria-labelledby": "attempts-title", hidden: true},
      h("h2", {id: "attempts-title"}, "Attempts"),
      h("table", {class: "plain", "aria-labelledby": "attempts-title"},
          h("thead", {}, h("tr", {}, ["Attempt", "Slots", "Process", "Began", "Took", "Exit code"].map((name) =>
            h("th", {scope: "col"}, name)))), this.#body));

  update(job) {
    const text = JSON.stringify(job.attempts);
    if (text === this.#shown) {
      return;
    }
    this.#shown = text;
    this.element.hidden = job.attempts.length === 0;
    this.#body.replaceChildren(...job.attempts.map((attempt) => {
      const took = elapsed();
      setElapsed(took, attempt.began, attempt.ended);
      return h("tr", {}, h("td", {class: "number id"}, String(attempt.number)), h("td", {"data-name": "slots"}, attempt.slots.join(", ")),
          h("td", {class: "number", "data-name": "process"}, attempt.pid ? String(attempt.pid) : "–"),
          h("td", {"data-name": "began"}, time(attempt.began)),
          h("td", {"data-name": "took"}, took),
          h("td", {class: "number", "data-name": "exit code"}, attempt.exitCode ?? (attempt.ended ? "none" : "–")));
    }));
  }
}
