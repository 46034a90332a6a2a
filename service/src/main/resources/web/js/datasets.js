// SPDX-License-Identifier: Apache-2.0
// The view of data sets: those below the server's data root, and the form that uploads more.

import {get} from "./api.js";
import {fill, h, setText} from "./dom.js";
import {bytes} from "./format.js";
import {load} from "./notice.js";
import {Rows} from "./rows.js";
import {mayChange} from "./session.js";
import {UploadForm} from "./uploadform.js";

/** The only one: it goes on while other views are looked at. */
let form = null;
let reload = () => {};

/** Stops what is being uploaded, and forgets it: whoever signs in next is somebody else. */
export function closeUploads() {
  form?.close();
  form = null;
}

/** Lists data sets, and, for those who may, uploads them. */
export class DatasetsView {
  #body = h("tbody");
  #rows = new Rows(this.#body, (dataset) => this.#row(dataset));
  #empty = h("p", {class: "empty"}, "Loading…");
  #list = h("section", {class: "joblist none", "aria-labelledby": "datasets-title"},
      h("h2", {id: "datasets-title"}, "On the server"),
      h("table", {class: "plain datasets", "aria-labelledby": "datasets-title"},
          h("thead", {}, h("tr", {}, ["Data set", "Files", "Size"].map((name) => h("th", {scope: "col"}, name)), h("td"))), this.#body),
      this.#empty, h("p", {class: "hint"}, "A job takes one by its name, or, in an experiment of your own, its files by ",
          h("code", {}, "path: NAME/FILE"), "."));

  constructor() {
    if (mayChange()) {
      form ??= new UploadForm(() => reload());
    }
    this.element = h("div", {class: "data"}, h("h1", {}, "Data sets"), mayChange() ? form.element : null, this.#list);
    reload = () => load(() => this.#load());
    reload();
  }

  close() {
    reload = () => {};
  }

  async #load() {
    const {datasets, maxFileBytes} = await get("/datasets");
    this.#rows.show(datasets.map((dataset) => ({...dataset, id: dataset.name})));
    this.#list.classList.toggle("none", datasets.length === 0);
    this.#empty.hidden = datasets.length > 0;
    fill(this.#empty, "There is none yet.");
    form?.update(datasets.map(({name}) => name), maxFileBytes);
  }

  #row({name}) {
    const files = h("span", {class: "number"});
    const size = h("span", {class: "number"});
    return {
      element: h("tr", {}, h("td", {class: "name"}, name), h("td", {"data-name": "files"}, files), h("td", {"data-name": "size"}, size),
          h("td", {class: "right"}, mayChange()
            ? h("a", {href: `#/submit?dataset=${encodeURIComponent(name)}`, "aria-label": `Submit a job with ${name}`}, "Submit…")
            : null)),
      update(now) {
        setText(files, String(now.files));
        setText(size, bytes(now.bytes));
      },
    };
  }
}
