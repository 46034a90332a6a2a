// SPDX-License-Identifier: Apache-2.0
// The form that uploads files into a data set. It goes on while other views are looked at, until someone else signs in.

import {announce} from "./announce.js";
import {fill, h} from "./dom.js";
import {Field, textInput} from "./field.js";
import {bytes} from "./format.js";
import {Upload, unsendable} from "./upload.js";

/** Files to upload, and where to. */
export class UploadForm {
  #name = new Field("name", "Data set", textInput({maxlength: "100", list: "known-datasets"}),
      "A new one, or one that is there: then files of the same names are replaced.");
  #known = h("datalist", {id: "known-datasets"});
  #chooser = h("input", {type: "file", multiple: true, hidden: true, onchange: () => this.#chosen()});
  #files = new Field("files", "Files", h("button", {type: "button", onclick: () => this.#chooser.click()}, "Choose files…"),
      h("span", {class: "mouse"}, "Or drop them here."));
  #list = h("ul", {class: "uploads"});
  #problem = h("div", {role: "alert"});
  #done = h("p", {role: "status"});
  #button = h("button", {class: "primary"}, "Upload");
  #stop = h("button", {type: "button", hidden: true, onclick: () => this.#abort?.abort()}, "Stop");
  #uploads = [];
  #mostBytes = Infinity;
  #abort = null;
  #closed = false;
  #stored;
  #leaving = (event) => event.preventDefault();

  /** A form without files; stored is called after each that the server has. */
  constructor(stored) {
    this.#stored = stored;
    this.element = h("form", {
      class: "card upload", novalidate: true, "aria-label": "Upload a data set", onsubmit: (event) => this.#submit(event),
      ondragover: (event) => this.#over(event), ondragleave: () => this.element.classList.remove("over"),
      ondrop: (event) => this.#dropped(event),
    }, this.#problem, h("div", {class: "grid"}, this.#name.element, this.#files.element), this.#chooser, this.#known, this.#list,
    h("div", {class: "buttons"}, this.#button, this.#stop), this.#done);
  }

  /** Tells it what is on the server, and how long a file may be there. */
  update(names, mostBytes) {
    this.#mostBytes = mostBytes;
    fill(this.#known, names.map((name) => h("option", {value: name})));
  }

  /** Ends it. */
  close() {
    this.#closed = true;
    this.#abort?.abort();
  }

  get #isBusy() {
    return this.#abort !== null;
  }

  #over(event) {
    if (event.dataTransfer.types.includes("Files")) {
      event.preventDefault();
      event.dataTransfer.dropEffect = this.#isBusy ? "none" : "copy";
      this.element.classList.toggle("over", !this.#isBusy);
    }
  }

  #dropped(event) {
    event.preventDefault();
    this.element.classList.remove("over");
    if (this.#isBusy) {
      return;
    }
    const items = [...event.dataTransfer.items].filter(({kind}) => kind === "file");
    const folder = items.map((item) => item.webkitGetAsEntry?.()).find((entry) => entry?.isDirectory);
    if (folder) {
      this.#files.tell(`'${folder.name}' is a folder; drop the files in it`);
      return;
    }
    this.#choose([...event.dataTransfer.files]);
  }

  /** Empties the chooser, so that the same file can be chosen again. */
  #chosen() {
    this.#choose([...this.#chooser.files]);
    this.#chooser.value = "";
  }

  #choose(files) {
    this.#files.clear();
    fill(this.#done);
    this.#uploads = this.#uploads.filter(({state}) => state !== "stored");
    this.#uploads.push(...files.map((file) => new Upload(file, (upload) => this.#remove(upload))));
    this.#show();
  }

  #remove(upload) {
    this.#uploads = this.#uploads.filter((other) => other !== upload);
    this.#show();
    this.#files.input.focus();
  }

  #show() {
    fill(this.#list, this.#uploads.map(({element}) => element));
    this.#button.hidden = this.#isBusy;
    this.#stop.hidden = !this.#isBusy;
    this.#files.input.disabled = this.#isBusy;
    this.#name.input.readOnly = this.#isBusy;
  }

  /** Says what is wrong before anything is sent; tells whether nothing is. */
  #check(waiting) {
    this.#name.clear();
    this.#files.clear();
    const wrong = waiting.filter((upload) => upload.check(this.#mostBytes, this.#uploads));
    wrong[0]?.focus();
    if (this.#uploads.length === 0) {
      this.#files.refuse("none is chosen; choose one");
    } else if (waiting.length === 0) {
      this.#files.refuse("these are all stored; choose others");
    }
    const name = unsendable(this.#name.input.value.trim());
    if (name !== null) {
      this.#name.refuse(name);
    }
    return name === null && wrong.length === 0 && waiting.length > 0;
  }

  async #submit(event) {
    event.preventDefault();
    const waiting = this.#uploads.filter(({state}) => state === "chosen");
    fill(this.#problem);
    fill(this.#done);
    if (this.#isBusy || !this.#check(waiting)) {
      return;
    }
    const focused = this.element.contains(document.activeElement);
    this.#abort = new AbortController();
    addEventListener("beforeunload", this.#leaving);
    this.#show();
    if (focused) {
      this.#stop.focus();
    }
    const refused = await this.#sendAll(waiting);
    removeEventListener("beforeunload", this.#leaving);
    const had = this.element.contains(document.activeElement) || document.activeElement === document.body;
    this.#abort = null;
    this.#show();
    if (!this.#closed) {
      this.#tell(refused, had);
    }
  }

  /** One after the other. What is wrong with one file does not keep the others; all else ends it. Returns what was refused. */
  async #sendAll(waiting) {
    const refused = [];
    for (const upload of waiting) {
      try {
        await upload.send(this.#name.input.value.trim(), this.#abort.signal);
        this.#stored();
      } catch (error) {
        refused.push({upload, error});
        const ofFile = error.field === "file" || error.status === 413 || error.status === 400 && !error.field || error.status === undefined;
        if (error.name === "AbortError" || !ofFile) {
          break;
        }
      }
    }
    return refused;
  }

  #tell(refused, focuses) {
    const stored = this.#uploads.filter(({state}) => state === "stored");
    const name = this.#name.input.value.trim();
    if (stored.length > 0) {
      const left = this.#uploads.length - stored.length;
      fill(this.#done, `${stored.length} ${stored.length === 1 ? "file" : "files"} stored in ${name}`,
          left === 0 ? ". " : `, ${left} not. `, h("a", {href: `#/submit?dataset=${encodeURIComponent(name)}`}, "Submit a job with it…"));
    }
    const real = refused.filter(({error}) => error.name !== "AbortError");
    announce(real.length > 0 ? `Upload: ${real[0].error.message}` : `Upload: ${stored.length} files stored`);
    for (const {upload, error} of real) {
      if (error.field === "name") {
        this.#name.tell(error.message);
      } else if (error.status === 0) {
        upload.tell(`${error.message}; nothing of it is stored, and what is stored is not sent again: upload once more`);
      } else {
        upload.tell(error.message);
      }
    }
    if (focuses) {
      (real.length === 0 ? this.#button : real[0].error.field === "name" ? this.#name.input : real[0].upload).focus();
    }
  }
}
