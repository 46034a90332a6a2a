// SPDX-License-Identifier: Apache-2.0
// Fields for the options that the server lists.

import {h, newId} from "./dom.js";
import {Field, numberOrText, selectInput, textInput} from "./field.js";

const MAIN = {
  train: ["optimizer", "epochs", "batch-size", "seed", "learning-rate", "kl-bound"],
  compare: ["optimizers", "seeds", "epochs", "batch-size"],
  tune: ["optimizer", "trials", "method", "epochs", "batch-size", "seed"],
};

/** Options that are shown first; the rest is folded. */
export function isMain(kind, option) {
  return MAIN[kind].includes(option.name);
}

/** "batch-size" as people write it. */
function label(name) {
  const text = name.replaceAll("-", " ").replace(/^kl /, "KL ").replace(/^cuda /, "CUDA ").replace(/^linalg$/, "linear algebra");
  return text[0].toUpperCase() + text.slice(1);
}

/** A field for an option; value() is undefined where nothing was chosen. */
export class OptionField extends Field {
  #option;

  constructor(option) {
    super(`options.${option.name}`, label(option.name), OptionField.#input(option),
        option.description + (option.many && !/comma/.test(option.description) ? " Separated by commas." : "")
            + (option.repeated ? " One on each line." : ""));
    this.#option = option;
  }

  static #input(option) {
    if (option.type === "boolean") {
      return option.values ? selectInput([["", ""], ["true", "yes"], ["false", "no"]]) : textInput({type: "checkbox"});
    }
    if (option.values && !option.many) {
      return selectInput([["", "as the experiment has it"], ...option.values]);
    }
    if (option.repeated) {
      return h("textarea", {rows: "2", autocomplete: "off", spellcheck: "false"});
    }
    return textInput({
      inputmode: option.type === "integer" && !option.many ? "numeric" : option.type === "number" && !option.many ? "decimal" : null,
      maxlength: "1000",
    });
  }

  /** Shows what is in force where nothing is given: the experiment's value, or that of the kind of job. */
  placeholder(text, ofKind) {
    if (this.input.tagName === "SELECT") {
      const own = text === undefined ? "as the experiment has it" : `${text} (the experiment's)`;
      this.input.options[0].textContent = ofKind === undefined ? own : `by default: ${ofKind}`;
    } else if (ofKind !== undefined) {
      this.input.placeholder = ofKind;
    } else if (text === undefined) {
      this.input.removeAttribute("placeholder");
    } else {
      this.input.placeholder = text;
    }
  }

  /** Offers values to whoever types one. */
  suggest(values) {
    if (this.input.tagName === "INPUT") {
      const list = h("datalist", {id: newId("values")}, values.map((value) => h("option", {value})));
      this.input.setAttribute("list", list.id);
      this.element.append(list);
    }
  }

  /** What was chosen. */
  value() {
    if (this.input.type === "checkbox") {
      return this.input.checked ? true : undefined;
    }
    const text = this.input.value.trim();
    if (text === "") {
      return undefined;
    }
    if (this.#option.type === "boolean") {
      return text === "true";
    }
    if (this.#option.repeated) {
      const lines = text.split("\n").map((line) => line.trim()).filter((line) => line !== "");
      return lines.length === 1 ? lines[0] : lines;
    }
    return this.#option.many || this.#option.type === "string" ? text : numberOrText(text);
  }

  /** Chooses a value. */
  choose(value) {
    if (this.input.type === "checkbox") {
      this.input.checked = value === true || value === "true";
    } else {
      this.input.value = [value].flat().join(this.#option.repeated ? "\n" : ",");
    }
  }
}
