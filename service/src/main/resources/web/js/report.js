// SPDX-License-Identifier: Apache-2.0
// The report of a comparison or a search, as soon as there is one. It is a page of its own, which may do nothing with this one.

import {h} from "./dom.js";
import {fileAddress} from "./files.js";

const REPORT = "report.html";

/** The report within the page, and a link to it alone. */
export class Report {
  #address;
  #shown = false;
  element = h("section", {class: "card report", "aria-labelledby": "report-title", hidden: true});

  constructor(id) {
    this.#address = fileAddress(id, REPORT);
  }

  /** Shows it where it is among these files. */
  update(names) {
    if (!this.#shown && names.includes(REPORT)) {
      this.#shown = true;
      this.element.hidden = false;
      this.element.replaceChildren(
          h("div", {class: "head"}, h("h2", {id: "report-title"}, "Report"),
              h("a", {href: this.#address, target: "_blank", rel: "noopener"}, "Open alone")),
          h("iframe", {src: this.#address, title: "Report", sandbox: "", loading: "lazy"}));
    }
  }
}
