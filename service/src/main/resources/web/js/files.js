// SPDX-License-Identifier: Apache-2.0
// The files of a job's run folder.

import {ROOT, get} from "./api.js";
import {setTime, time} from "./clock.js";
import {h, setText} from "./dom.js";
import {bytes} from "./format.js";
import {showProblem} from "./notice.js";
import {Rows} from "./rows.js";

const APART_MILLIS = 2000;

/** The address of a file. */
export function fileAddress(id, name) {
  return `${ROOT}/jobs/${id}/artifacts/${name.split("/").map(encodeURIComponent).join("/")}`;
}

/** A table of files to download. */
export class Files {
  #id;
  #body = h("tbody");
  #rows = new Rows(this.#body, (file) => this.#row(file));
  #empty = h("p", {class: "empty"}, "None yet.");
  #told;
  #timer = null;
  #last = 0;

  /** Of a job; told takes them whenever they were read. */
  constructor(id, told) {
    this.#id = id;
    this.#told = told;
    this.element = h("section", {class: "card", "aria-labelledby": "files-title"}, h("h2", {id: "files-title"}, "Files"), this.#empty,
        h("table", {class: "plain files", "aria-labelledby": "files-title"}, this.#body));
  }

  /** Reads them again, at most every few seconds, however often it is asked for. */
  read() {
    if (this.#timer === null) {
      this.#timer = setTimeout(() => this.#read(), Math.max(0, this.#last + APART_MILLIS - Date.now()));
    }
  }

  close() {
    clearTimeout(this.#timer);
  }

  async #read() {
    this.#timer = null;
    this.#last = Date.now();
    try {
      const {artifacts} = await get(`/jobs/${this.#id}/artifacts`);
      this.#empty.hidden = artifacts.length > 0;
      this.#rows.show(artifacts.map((file) => ({...file, id: file.name})));
      this.#told(artifacts);
    } catch (error) {
      showProblem(error);
    }
  }

  #row(file) {
    const size = h("span", {class: "number"});
    const modified = time();
    return {
      element: h("tr", {}, h("td", {class: "name"},
          h("a", {href: fileAddress(this.#id, file.name), download: file.name.split("/").pop()}, file.name)),
      h("td", {class: "right"}, size), h("td", {class: "right"}, modified)),
      update(now) {
        setText(size, bytes(now.bytes));
        setTime(modified, now.modified);
      },
    };
  }
}
