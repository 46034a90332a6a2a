// SPDX-License-Identifier: Apache-2.0
// The view where a token is given.

import {fill, h} from "./dom.js";
import * as session from "./session.js";

/** Takes a token, and leads back to where one came from. */
export class SignInView {
  #input = h("input", {
    id: "token", name: "token", type: "password", autocomplete: "current-password", required: true, maxlength: "200",
    spellcheck: "false", "aria-describedby": "token-problem token-hint",
  });
  #problem = h("p", {class: "field-problem", id: "token-problem", role: "alert"});
  #next;
  #done;

  constructor(next, done) {
    this.#next = next;
    this.#done = done;
    this.element = h("form", {class: "card narrow", onsubmit: (event) => this.#submit(event)},
        h("h1", {}, "Sign in"),
        h("input", {type: "text", autocomplete: "username", value: "arturo4j", hidden: true}), // by which browsers keep the token
        h("div", {class: "field"}, h("label", {for: "token"}, "Token"), this.#input, this.#problem,
            h("p", {class: "hint", id: "token-hint"},
                "The server prints an admin's token when it starts for the first time; more are made by ",
                h("code", {}, "arturo token create"), " or under Tokens.")),
        h("div", {class: "buttons"}, h("button", {class: "primary"}, "Sign in")));
  }

  focus() {
    this.#input.focus();
  }

  async #submit(event) {
    event.preventDefault();
    try {
      await session.begin(this.#input.value.trim());
    } catch (refused) {
      fill(this.#problem, refused.message);
      this.#input.setAttribute("aria-invalid", "true");
      this.#input.select();
      this.#input.focus();
      return;
    }
    const next = this.#next?.startsWith("#/") ? this.#next : "#/jobs";
    if (location.hash === next) {
      this.#done();
    } else {
      location.hash = next;
    }
  }
}
