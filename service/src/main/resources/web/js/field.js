// SPDX-License-Identifier: Apache-2.0
// A labelled field with a hint and room for what is wrong with it.

import {fill, h, newId} from "./dom.js";

/** A field of a form, of the name by which the server calls it. */
export class Field {
  #problem;

  /**
   * A field.
   *
   * @param name as in a problem's "field", such as options.epochs
   * @param input its element
   */
  constructor(name, label, input, hint = "") {
    this.name = name;
    this.input = input;
    const id = newId("field");
    input.id = id;
    input.name = name;
    this.#problem = h("p", {class: "field-problem", id: `${id}-problem`});
    const described = [`${id}-problem`];
    let hintElement = null;
    if (hint !== "") {
      hintElement = h("p", {class: "hint", id: `${id}-hint`}, hint);
      described.push(`${id}-hint`);
    }
    input.setAttribute("aria-describedby", described.join(" "));
    input.addEventListener("input", () => this.clear());
    const box = input.type === "checkbox";
    this.element = h("div", {class: box ? "field check" : "field"},
        box ? h("label", {for: id}, input, label) : [h("label", {for: id}, label), input], this.#problem, hintElement);
  }

  /** Says what is wrong, there, and leaves the focus where it is. */
  tell(detail) {
    fill(this.#problem, detail);
    this.input.setAttribute("aria-invalid", "true");
  }

  /** Says what is wrong, there, and leads to it. */
  refuse(detail) {
    this.tell(detail);
    for (let parent = this.element.parentElement; parent; parent = parent.parentElement) {
      if (parent.tagName === "DETAILS") {
        parent.open = true;
      }
    }
    this.input.focus();
    this.element.scrollIntoView({block: "center"});
  }

  /** Takes that away. */
  clear() {
    fill(this.#problem);
    this.input.removeAttribute("aria-invalid");
  }
}

/** Has the field that a problem is about say so; false where it is about none of these that are shown. */
export function refuseAt(fields, error) {
  const at = (error.field ?? "").replace(/\[.*$/, "");
  const field = fields.find(({name, element}) => element.isConnected && !element.hidden && (name === at || at.startsWith(`${name}.`)));
  field?.refuse(error.message);
  return field !== undefined;
}

/** A text field. */
export function textInput(properties = {}) {
  return h("input", {type: "text", autocomplete: "off", spellcheck: "false", ...properties});
}

/** A choice; options are values, or pairs of a value and its text. */
export function selectInput(options, properties = {}) {
  return h("select", properties, options.map((option) => {
    const [value, text] = Array.isArray(option) ? option : [option, option];
    return h("option", {value}, text);
  }));
}

/** What was typed, as a number where it is one: whatever else, the server says what is wrong with it. */
export function numberOrText(text) {
  return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text) ? Number(text) : text;
}
