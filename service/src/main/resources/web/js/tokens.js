// SPDX-License-Identifier: Apache-2.0
// The view of tokens, for admins.

import {get, post, send} from "./api.js";
import {setTime, time} from "./clock.js";
import {ask} from "./dialog.js";
import {fill, h, setText} from "./dom.js";
import {Field, refuseAt, selectInput, textInput} from "./field.js";
import {action, load} from "./notice.js";
import {Rows} from "./rows.js";

/** Lists, makes and revokes tokens. */
export class TokensView {
  #body = h("tbody");
  #rows = new Rows(this.#body, (token) => this.#row(token));
  #name = new Field("name", "Name", textInput({maxlength: "60"}), "Who or what it is for: it stands beside what is done with it.");
  #role = new Field("role", "Role", selectInput([["user", "user: submits, cancels, resumes, deletes"], ["reader", "reader: looks"],
    ["admin", "admin: also devices, tokens, audit"]]));
  #secret = h("div", {role: "status"});
  #problem = h("div", {role: "alert"});
  #loading = h("p", {class: "empty"}, "Loading…");

  constructor() {
    this.element = h("div", {class: "tokens"},
        h("h1", {}, "Tokens"),
        h("form", {class: "card", novalidate: true, "aria-label": "Make a token", onsubmit: (event) => this.#create(event)},
            this.#problem,
            h("div", {class: "grid"}, this.#name.element, this.#role.element),
            h("div", {class: "buttons"}, h("button", {class: "primary"}, "Make a token")), this.#secret),
        h("section", {class: "joblist"}, h("table", {class: "plain", "aria-label": "Tokens"},
            h("thead", {}, h("tr", {}, ["Token", "Name", "Role", "Made", "Revoked", ""].map((name) =>
              name === "" ? h("td") : h("th", {scope: "col"}, name)))),
            this.#body), this.#loading));
    load(() => this.#load());
  }

  async #load() {
    this.#rows.show((await get("/tokens")).tokens);
    this.#loading.hidden = true;
  }

  #row(token) {
    const revoked = time();
    const button = h("button", {type: "button", class: "small", "aria-label": `Revoke token ${token.id}, ${token.name}`,
      onclick: action(() => this.#revoke(token))}, "Revoke…");
    return {
      element: h("tr", {}, h("td", {class: "number id"}, String(token.id)), h("td", {class: "name"}, token.name),
          h("td", {"data-name": "role"}, token.role), h("td", {"data-name": "made"}, time(token.created)),
          h("td", {"data-name": "revoked"}, revoked), h("td", {}, button)),
      update(now) {
        setTime(revoked, now.revoked);
        button.hidden = Boolean(now.revoked);
      },
    };
  }

  async #create(event) {
    event.preventDefault();
    [this.#name, this.#role].forEach((field) => field.clear());
    fill(this.#problem);
    try {
      const {token, secret} = await post("/tokens", {name: this.#name.input.value.trim(), role: this.#role.input.value});
      const output = h("output", {class: "secret", tabindex: "0", "aria-label": `Secret of token ${token.name}`});
      setText(output, secret);
      fill(this.#secret, h("p", {}, `The secret of ${token.name}. It is shown this once; the server keeps only its hash.`), output);
      this.#name.input.value = "";
      await this.#load();
    } catch (error) {
      if (!refuseAt([this.#name, this.#role], error)) {
        fill(this.#problem, h("p", {class: "problem"}, error.message));
      }
    }
  }

  async #revoke(token) {
    const choice = await ask({title: `Revoke token ${token.id}, ${token.name}?`,
      body: "Whoever uses it is shut out at once. Its jobs go on.",
      choices: [{label: "Revoke", value: "revoke", danger: true}]});
    if (choice !== null) {
      await send("DELETE", `/tokens/${token.id}`);
      await this.#load();
    }
  }
}
