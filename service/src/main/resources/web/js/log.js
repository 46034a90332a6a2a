// SPDX-License-Identifier: Apache-2.0
// What a job's process prints: its end, followed while it runs.

import {ROOT, send} from "./api.js";
import {connection} from "./connection.js";
import {h} from "./dom.js";
import {showProblem} from "./notice.js";

const TAIL = 65536;
const MOST_CHARACTERS = 400000;
const AGAIN_MILLIS = 2000;

/** The log of a job. */
export class Log {
  #id;
  #text = h("pre", {class: "log", tabindex: "0", role: "log", "aria-live": "off", "aria-label": "Log"});
  #follow = h("input", {type: "checkbox", checked: true, onchange: () => this.#bottom()});
  #cut = h("p", {class: "hint", hidden: true}, "The beginning is left out here.");
  #offset = null;
  #abort = null;
  #pending = "";
  #timer = null;
  #closed = false;
  /** What is being read: whether it is followed; null for nothing. */
  #reading = null;
  #leaving = () => this.#abort?.abort();
  #returned = (event) => event.persisted && this.#reading !== null && this.read(this.#reading);

  constructor(id) {
    this.#id = id;
    this.element = h("section", {class: "card", "aria-labelledby": "log-title"},
        h("div", {class: "head"}, h("h2", {id: "log-title"}, "Log"),
            h("label", {class: "check"}, this.#follow, "Follow"),
            h("a", {href: `${ROOT}/jobs/${id}/logs`, download: `job-${id}-log.txt`}, "Download log")),
        this.#cut, this.#text);
    addEventListener("pagehide", this.#leaving);
    addEventListener("pageshow", this.#returned);
    this.#text.addEventListener("wheel", () => this.#looked(), {passive: true});
    this.#text.addEventListener("keyup", () => this.#looked());
  }

  /** Reads on, and, of a job that runs, follows it. */
  async read(running) {
    this.#abort?.abort();
    clearTimeout(this.#timer);
    const abort = new AbortController();
    this.#abort = abort;
    this.#reading = running;
    try {
      const from = this.#offset ?? -TAIL;
      const response = await send("GET", `/jobs/${this.#id}/logs?offset=${from}&follow=${running}`, {signal: abort.signal});
      const begin = Number(response.headers.get("X-Offset"));
      if (this.#offset === null) {
        this.#cut.hidden = begin === 0;
      }
      this.#offset = begin;
      await this.#stream(response.body.getReader());
      this.#reading = null;
      connection("log", "open");
    } catch (error) {
      if (abort.signal.aborted || this.#closed || error.status === 404) {
        return; // of a job that has not begun there is no log yet
      }
      if (!running) {
        this.#reading = null;
        showProblem(error);
        return;
      }
      connection("log", "reconnecting");
      this.#timer = setTimeout(() => this.read(running), AGAIN_MILLIS);
    }
  }

  /** Ends it. */
  close() {
    removeEventListener("pagehide", this.#leaving);
    removeEventListener("pageshow", this.#returned);
    this.#closed = true;
    this.#abort?.abort();
    clearTimeout(this.#timer);
    connection("log", "closed");
  }

  async #stream(reader) {
    const decoder = new TextDecoder();
    for (;;) {
      const {done, value} = await reader.read();
      if (done) {
        return;
      }
      connection("log", "open");
      this.#offset += value.byteLength;
      this.#append(decoder.decode(value, {stream: true}));
    }
  }

  /** At most once a frame, however much is printed. */
  #append(text) {
    if (this.#pending === "") {
      requestAnimationFrame(() => {
        const whole = this.#text.textContent + this.#pending;
        this.#pending = "";
        if (whole.length > MOST_CHARACTERS) {
          this.#text.textContent = whole.slice(whole.indexOf("\n", whole.length - MOST_CHARACTERS) + 1);
          this.#cut.hidden = false;
        } else {
          this.#text.textContent = whole;
        }
        this.#bottom();
      });
    }
    this.#pending += text;
    if (this.#pending.length > 2 * MOST_CHARACTERS) {
      this.#pending = this.#pending.slice(-MOST_CHARACTERS);
    }
  }

  #bottom() {
    if (this.#follow.checked) {
      this.#text.scrollTop = this.#text.scrollHeight;
    }
  }

  /** Whoever looks at what is above does not want to be taken to the end. */
  #looked() {
    const rest = this.#text.scrollHeight - this.#text.scrollTop - this.#text.clientHeight;
    this.#follow.checked = rest < 24;
  }
}
