// SPDX-License-Identifier: Apache-2.0
// One file on its way into a data set: its name there, how far it is, and what became of it.

import {putFile} from "./api.js";
import {h, setAttribute, setText} from "./dom.js";
import {Field, textInput} from "./field.js";
import {bytes} from "./format.js";

/** A larger file would have to be in memory as a whole for its checksum. */
const MOST_CHECKED = 256 * 2 ** 20;

function hex(buffer) {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Whether what is stored is what is here; by its length alone where the browser gives no checksum, which it does not over plain HTTP. */
async function isSame(file, stored) {
  if (stored.bytes !== file.size) {
    return false;
  }
  if (crypto.subtle === undefined || file.size > MOST_CHECKED) {
    return true;
  }
  return hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())) === stored.sha256;
}

/** What cannot stand in an address, where the server would hear of another name or of none; it judges all others itself. */
export function unsendable(name) {
  if (name === "") {
    return "it is empty; give a name";
  }
  return /^\.\.?$|[/\\]/.test(name) ? `it is '${name}', which is a path; give a name` : null;
}

/** A file that was chosen. */
export class Upload {
  /** "chosen", "sending" or "stored". */
  state = "chosen";
  #file;
  #field;
  #bar = h("progress", {max: "1", value: 0, hidden: true});
  #text = h("p", {class: "hint number"});
  #remove;

  /**
   * Of a file.
   *
   * @param removed is called when it is not wanted any more
   */
  constructor(file, removed) {
    this.#file = file;
    this.#field = new Field("file", `File (${bytes(file.size)})`, textInput({maxlength: "200", value: file.name}));
    this.#bar.setAttribute("aria-label", `Progress of ${file.name}`);
    this.#remove = h("button",
        {type: "button", class: "plain", "aria-label": `Do not upload ${file.name}`, onclick: () => removed(this)}, "✕");
    this.element = h("li", {}, this.#field.element, this.#remove, this.#bar, this.#text);
  }

  /** By which the server is to know it. */
  get name() {
    return this.#field.input.value.trim();
  }

  /** Says what the page knows to be wrong before anything is sent; tells whether there is something. */
  check(mostBytes, others) {
    this.#field.clear();
    const twice = others.some((other) => other !== this && other.name === this.name);
    const wrong = this.#unwanted(mostBytes) ?? (twice ? `another file here is called '${this.name}', too; give one of them another name`
      : unsendable(this.name));
    if (wrong !== null) {
      this.#field.tell(wrong);
    }
    return wrong !== null;
  }

  /** What is wrong with its length; null for nothing. */
  #unwanted(mostBytes) {
    if (this.#file.size === 0) {
      return "it is empty, and the server stores no such file; take it out, or choose another one";
    }
    return this.#file.size > mostBytes
      ? `it has ${bytes(this.#file.size)}, and the server takes files of up to ${bytes(mostBytes)}; send a smaller one` : null;
  }

  /** Sends it; throws what the server, the network or who has stopped it says. */
  async send(dataset, signal) {
    this.#show("sending", "");
    try {
      const path = `/datasets/${encodeURIComponent(dataset)}/${encodeURIComponent(this.name)}`;
      const stored = await putFile(path, this.#file, {signal, progress: (sent) => this.#progress(sent)});
      setText(this.#text, "Stored; comparing checksums…");
      if (!await isSame(this.#file, stored)) {
        throw new Error("what is stored is not what the file holds now; upload it again");
      }
      this.#show("stored", `Stored as ${stored.dataset}/${stored.file}, SHA-256 ${stored.sha256}`);
    } catch (error) {
      this.#show("chosen", error.name === "AbortError" ? "Stopped; nothing of it is stored." : "");
      throw error;
    }
  }

  /** Says what is wrong with it. */
  tell(detail) {
    this.#field.tell(detail);
  }

  /** Leads to it. */
  focus() {
    this.#field.input.focus();
    this.element.scrollIntoView({block: "nearest"});
  }

  #progress(sent) {
    const share = this.#file.size === 0 ? 1 : Math.min(1, sent / this.#file.size);
    setAttribute(this.#bar, "value", share.toFixed(4));
    setText(this.#text, share < 1 ? `${Math.floor(100 * share)}% of ${bytes(this.#file.size)}` : "Sent; the server is storing it…");
  }

  #show(state, text) {
    this.state = state;
    this.element.dataset.state = state;
    this.#field.input.readOnly = state !== "chosen";
    this.#remove.hidden = state !== "chosen";
    this.#bar.hidden = state !== "sending";
    setAttribute(this.#bar, "value", "0");
    setText(this.#text, text);
  }
}
