// SPDX-License-Identifier: Apache-2.0
// The view of several jobs' curves in one chart. They are asked for again when a job has got further, at most every few seconds.

import {get} from "./api.js";
import {Curves} from "./curves.js";
import {fill, h} from "./dom.js";
import {live} from "./live.js";
import {load, showProblem} from "./notice.js";
import {RunsCharts} from "./runscharts.js";
import {badge} from "./state.js";

const APART_MILLIS = 3000;

// As many jobs as one request may name.
const AT_ONCE = 200;

// Points of all curves together, about, and of one at least and at most: more than so many a chart cannot show.
const POINTS = 40000;
const FEWEST = 100;
const MOST = 1000;

/** The view of the jobs with these ids. */
export class OverlayView {
  #charts = new RunsCharts();
  #jobs;
  #list = h("ul", {class: "overlaid"});
  #empty = h("p", {class: "empty"}, "Loading…");
  #unwatch;
  #shown = "";

  constructor(ids) {
    this.#jobs = [...new Set(ids)].filter((id) => Number.isInteger(id))
        .map((id) => ({id, curves: null, seen: null, timer: null, job: null}));
    this.element = h("div", {class: "overlay"},
        h("p", {class: "crumb"}, h("a", {href: "#/jobs"}, "Jobs")),
        h("h1", {}, `Overlay of ${this.#jobs.length} jobs`), this.#list, this.#empty, this.#charts.element);
    this.#charts.element.hidden = true;
    this.#unwatch = live.watch(() => this.#changed());
    load(async () => {
      for (let first = 0; first < this.#jobs.length; first += AT_ONCE) {
        await this.#load(this.#jobs.slice(first, first + AT_ONCE));
      }
      this.#draw();
    });
  }

  close() {
    this.#unwatch();
    this.#jobs.forEach(({timer}) => clearTimeout(timer));
    this.#charts.close();
  }

  async #load(entries) {
    const points = Math.min(Math.max(Math.floor(POINTS / this.#jobs.length), FEWEST), MOST);
    const told = await get(`/curves?jobs=${entries.map(({id}) => id).join(",")}&points=${points}`);
    told.curves.forEach(({job, metrics}, index) => {
      const entry = entries[index];
      entry.job = job;
      entry.seen = JSON.stringify(job.position);
      entry.curves = new Curves();
      entry.curves.past(metrics);
    });
  }

  #changed() {
    for (const entry of this.#jobs) {
      const now = live.jobs.get(entry.id);
      if (now !== undefined && entry.curves !== null && entry.timer === null && JSON.stringify(now.position) !== entry.seen) {
        entry.timer = setTimeout(async () => {
          try {
            await this.#load([entry]);
            this.#draw();
          } catch (error) {
            showProblem(error);
          } finally {
            entry.timer = null;
          }
        }, APART_MILLIS);
      }
    }
    this.#states();
  }

  #names() {
    const counts = new Map();
    this.#jobs.forEach(({job}) => counts.set(job.name, (counts.get(job.name) ?? 0) + 1));
    return new Map(this.#jobs.map(({id, job}) => [id, counts.get(job.name) > 1 ? `${job.name} (${id})` : job.name]));
  }

  #draw() {
    const names = this.#names();
    const metrics = new Set();
    const runs = this.#jobs.flatMap(({id, curves}) => {
      curves.metrics.forEach((name) => metrics.add(name));
      const list = curves.named();
      return list.map(([folder, run]) => [list.length > 1 ? `${names.get(id)}: ${folder}` : names.get(id), run]);
    });
    this.#empty.hidden = runs.length > 0;
    this.#empty.textContent = "None of them has told anything yet.";
    this.#charts.element.hidden = runs.length === 0;
    this.#charts.update(runs, [...metrics]);
    this.#states();
  }

  #states() {
    if (this.#jobs.some(({job}) => job === null)) {
      return;
    }
    const jobs = this.#jobs.map(({id, job}) => live.jobs.get(id) ?? job);
    const text = jobs.map(({id, name, state}) => `${id} ${name} ${state}`).join("\n");
    if (text !== this.#shown) {
      this.#shown = text;
      fill(this.#list, jobs.map((job) => h("li", {}, h("a", {href: `#/job/${job.id}`}, `${job.id} ${job.name}`), " ", badge(job.state))));
    }
  }
}
