// SPDX-License-Identifier: Apache-2.0
// Jobs and devices as they are now, from the one stream that tells of all of them.

import {announce} from "./announce.js";
import {connection} from "./connection.js";
import {Stream} from "./stream.js";

/** Whether a job in this state has ended. */
export function ended(state) {
  return state === "succeeded" || state === "failed" || state === "cancelled";
}

/** As many jobs that have ended has a snapshot at most. */
const SNAPSHOT_ENDED = 100;

class Live {
  /** Jobs by their id. */
  jobs = new Map();
  /** Devices by their id. */
  devices = new Map();
  /** Whether a snapshot has come. */
  ready = false;
  /** Whether it had all jobs that have ended, so that there are no older ones. */
  whole = false;
  #watchers = new Set();
  #stream = null;
  #scheduled = false;

  /** Begins to follow; does nothing where it does already. */
  open() {
    this.#stream ??= new Stream("/events", {
      snapshot: (data) => this.#snapshot(data),
      job: (job) => this.#job(job),
      removed: (removed) => this.forget(removed.id),
      device: (device) => {
        this.devices.set(device.id, device);
        this.#changed();
      },
    }, {state: (state) => connection("jobs", state)});
  }

  /** Ends it, and forgets all; what was seen is nobody's business after signing out. */
  close() {
    this.#stream?.close();
    this.#stream = null;
    this.jobs.clear();
    this.devices.clear();
    this.ready = false;
  }

  /** Has a function called after changes, at most once a frame; returns what ends that. */
  watch(watcher) {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Adds jobs that were asked for, older than those that the stream tells of. */
  add(jobs) {
    for (const job of jobs) {
      const before = this.jobs.get(job.id);
      if (before !== undefined) {
        this.#announce(before, job);
      }
      this.jobs.set(job.id, job);
    }
    this.#changed();
  }

  /** Removes a job. */
  forget(id) {
    this.jobs.delete(id);
    this.#changed();
  }

  #snapshot({jobs, devices}) {
    const over = jobs.filter(({state}) => ended(state)).map(({id}) => id);
    this.whole = over.length < SNAPSHOT_ENDED;
    const from = this.whole ? 0 : Math.min(...over); // what is older was asked for
    for (const [id, job] of this.jobs) {
      if (!ended(job.state) || id >= from) {
        this.jobs.delete(id); // what is not among those that follow was deleted meanwhile
      }
    }
    for (const job of jobs) {
      this.jobs.set(job.id, job);
    }
    this.devices = new Map(devices.map((device) => [device.id, device]));
    this.ready = true;
    this.#changed();
  }

  #job(job) {
    this.#announce(this.jobs.get(job.id), job);
    this.jobs.set(job.id, job);
    this.#changed();
  }

  #announce(before, job) {
    if (before?.state !== job.state && !job.trial) {
      announce(`Job ${job.id}, ${job.name}: ${job.state}`);
    }
  }

  #changed() {
    if (!this.#scheduled) {
      this.#scheduled = true;
      setTimeout(() => requestAnimationFrame(() => this.#tell()), document.hidden ? 1000 : 0);
    }
  }

  #tell() {
    this.#scheduled = false;
    for (const watcher of this.#watchers) {
      watcher();
    }
  }
}

/** The only one: a page has one such stream. */
export const live = new Live();
