// SPDX-License-Identifier: Apache-2.0
// Server-sent events that come back: after a cut, after a refusal, and when a page in the background is looked at again.

import {ROOT, get} from "./api.js";

const FIRST_DELAY = 1000;
const LAST_DELAY = 15000;
const HIDDEN_MILLIS = 30000;

/**
 * A stream. Browsers allow six connections to a server, so one in the background is given up after a while, and begun where it was;
 * that of a page that was left is given up at once, as the browser may keep the page for "back", and begun again when that comes.
 *
 * @param path below the root
 * @param types names of events and what takes their data and id
 * @param state takes "open", "reconnecting" or "closed"
 * @param after where to begin; undefined where the stream has no positions
 */
export class Stream {
  #path;
  #types;
  #state;
  #after;
  #source = null;
  #timer = null;
  #hiding = null;
  #delay = FIRST_DELAY;
  #closed = false;
  #visibility = () => this.#visible();
  #leaving = () => this.#cut();
  #returned = (event) => event.persisted && this.#visible();
  #cuts = 0;

  constructor(path, types, {state = () => {}, after} = {}) {
    this.#path = path;
    this.#types = types;
    this.#state = state;
    this.#after = after;
    document.addEventListener("visibilitychange", this.#visibility);
    addEventListener("pagehide", this.#leaving);
    addEventListener("pageshow", this.#returned);
    this.#open();
  }

  /** Ends it for good. */
  close() {
    if (!this.#closed) {
      this.#closed = true;
      document.removeEventListener("visibilitychange", this.#visibility);
      removeEventListener("pagehide", this.#leaving);
      removeEventListener("pageshow", this.#returned);
      clearTimeout(this.#hiding);
      this.#cut();
      this.#state("closed");
    }
  }

  #cut() {
    this.#cuts += 1;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#source?.close();
    this.#source = null;
  }

  #open() {
    const position = this.#after === undefined ? "" : `?after=${this.#after}`;
    const source = new EventSource(ROOT + this.#path + position);
    this.#source = source;
    source.addEventListener("open", () => {
      this.#delay = FIRST_DELAY;
      this.#state("open");
    });
    source.addEventListener("error", () => this.#failed(source));
    for (const [type, take] of Object.entries(this.#types)) {
      source.addEventListener(type, (event) => {
        if (event.lastEventId !== "") {
          this.#after = event.lastEventId;
        }
        take(event.data === "" ? null : JSON.parse(event.data));
      });
    }
  }

  /** The browser comes back itself after a cut, with Last-Event-ID, but not after an answer that is no stream. */
  #failed(source) {
    if (this.#closed || source !== this.#source) {
      return;
    }
    this.#state("reconnecting");
    if (source.readyState === EventSource.CLOSED) {
      this.#cut();
      this.#timer = setTimeout(() => this.#again(), this.#delay);
      this.#delay = Math.min(LAST_DELAY, 2 * this.#delay);
    }
  }

  async #again() {
    const cuts = this.#cuts;
    try {
      await get("/devices"); // tells whether it is the session that has ended, which leads to sign in
    } catch (refused) {
      if (refused.status === 401) {
        this.close();
        return;
      }
    }
    if (!this.#closed && cuts === this.#cuts) { // else given up meanwhile, and perhaps begun by who has come back
      this.#open();
    }
  }

  #visible() {
    clearTimeout(this.#hiding);
    if (document.hidden) {
      this.#hiding = setTimeout(() => this.#cut(), HIDDEN_MILLIS);
    } else if (this.#source === null && this.#timer === null && !this.#closed) {
      this.#open();
    }
  }
}
