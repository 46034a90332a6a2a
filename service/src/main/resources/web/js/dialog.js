// SPDX-License-Identifier: Apache-2.0
// Questions before something that cannot be undone.

import {h, newId} from "./dom.js";

/**
 * Asks; Escape and the last button are "no".
 *
 * @param title the question
 * @param body what is below it: texts or elements, which may be fields
 * @param choices buttons: label, value, and whether it is dangerous
 * @param back label of the button that does nothing
 * @param first element that has the focus at first; the dialog's last button by default
 * @return the value of the choice; null for none
 */
export function ask({title, body = [], choices, back = "Back", first}) {
  return new Promise((resolve) => {
    const heading = newId("dialog");
    const last = h("button", {value: ""}, back);
    const dialog = h("dialog", {"aria-labelledby": heading},
        h("form", {method: "dialog"},
            h("h2", {id: heading}, title),
            [].concat(body).map((part) => typeof part === "string" ? h("p", {}, part) : part),
            h("div", {class: "buttons"},
                choices.map(({label, value, danger}) => h("button", {value, class: danger ? "danger" : "primary"}, label)),
                last)));
    const opener = document.activeElement;
    dialog.addEventListener("close", () => {
      dialog.remove();
      opener?.focus?.();
      resolve(dialog.returnValue === "" ? null : dialog.returnValue);
    });
    document.body.append(dialog);
    dialog.showModal();
    (first ?? last).focus();
  });
}
