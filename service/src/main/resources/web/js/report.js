// SPDX-License-Identifier: Apache-2.0
// The report of a comparison or a search, as soon as there is one. It is a page of its own, which may do nothing with this one.

import {h} from "./dom.js";
import {fileAddress} from "./files.js";

const REPORT = "report.html";

/** The report within the page, and a link to it alone. */
export class Report {
  #address;
  #modified = null;
  #newest = null;
  #frame;
  #newer = h("button", {type: "button", hidden: true, onclick: () => this.#load()}, "Show the newer one");
  element = h("section", {class: "card report", "aria-labelledby": "report-title", hidden: true});

  constructor(id) {
    this.#address = fileAddress(id, REPORT);
    this.#frame = h("iframe", {title: "Report", sandbox: "", loading: "lazy"});
  }

  /** Shows it where it is among these files. A newer one waits until it is asked for while somebody reads. */
  update(files) {
    this.#newest = files.find(({name}) => name === REPORT)?.modified ?? null;
    if (this.#newest === null || this.#newest === this.#modified) {
      return;
    }
    if (this.#modified === null) {
      this.element.hidden = false;
      this.element.replaceChildren(
          h("div", {class: "head"}, h("h2", {id: "report-title"}, "Report"), this.#newer,
              h("a", {href: this.#address, target: "_blank", rel: "noopener"}, "Open alone")),
          this.#frame);
      this.#load();
    } else if (this.element.matches(":hover, :focus-within")) {
      this.#newer.hidden = false;
    } else {
      this.#load();
    }
  }

  #load() {
    this.#modified = this.#newest;
    this.#newer.hidden = true;
    this.#frame.src = this.#address;
  }
}
