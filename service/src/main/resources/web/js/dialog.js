// SPDX-License-Identifier: Apache-2.0
// Questions before something is done, some with fields.

import {fill, h, newId} from "./dom.js";
import {refuseAt} from "./field.js";

/**
 * Asks; Escape and the last button are "no".
 *
 * @param title the question
 * @param body what is below it: texts or elements
 * @param fields below that; what the first choice does with them may be refused at one of them
 * @param choices buttons: label, value, and whether it is dangerous
 * @param back label of the button that does nothing
 * @param does is done before the dialog closes; it stays open where that is refused
 * @return what that has brought, or the value of the choice where there is nothing to do; null for "no"
 */
export function ask({title, body = [], fields = [], choices, back = "Back", does}) {
  return new Promise((resolve) => {
    const heading = newId("dialog");
    const last = h("button", {value: ""}, back);
    const problem = h("div", {role: "alert"});
    const buttons = choices.map(({label, value, danger}) => h("button", {value, class: danger ? "danger" : "primary"}, label));
    let result = null;
    let busy = false;
    const choose = async (event) => {
      const {value} = event.submitter ?? buttons[0];
      if (busy) {
        event.preventDefault();
        return;
      }
      if (value === "" || does === undefined) {
        result = value === "" ? null : value;
        return;
      }
      event.preventDefault();
      busy = true;
      event.submitter?.setAttribute("aria-busy", "true");
      fields.forEach((field) => field.clear());
      fill(problem);
      try {
        result = await does(value);
        dialog.close();
      } catch (error) {
        if (error.status === 401) { // the page has gone to where one signs in
          dialog.close();
        } else if (!refuseAt(fields, error)) {
          fill(problem, h("p", {class: "problem"}, error.message));
        }
      } finally {
        busy = false;
        event.submitter?.removeAttribute("aria-busy");
      }
    };
    const dialog = h("dialog", {"aria-labelledby": heading, oncancel: (event) => busy && event.preventDefault()},
        h("form", {method: "dialog", novalidate: true, onsubmit: choose},
            h("h2", {id: heading}, title),
            [].concat(body).map((part) => typeof part === "string" ? h("p", {}, part) : part),
            problem, fields.map(({element}) => element),
            h("div", {class: "buttons"}, buttons, last)));
    const opener = document.activeElement;
    dialog.addEventListener("close", () => {
      dialog.remove();
      opener?.focus?.();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
    (fields[0]?.input ?? last).focus();
  });
}
