// SPDX-License-Identifier: Apache-2.0
// The values of the curves, an epoch a line: for whoever reads rather than looks.

import {h} from "./dom.js";
import {duration, number} from "./format.js";

/** A table that grows by an epoch at a time, folded at first. */
export class EpochTable {
  #head = h("tr");
  #body = h("tbody");
  #columns = "";
  #last = null;
  #curves = null;
  element = h("details", {class: "card epochs", hidden: true}, h("summary", {}, "Table of epochs"),
      h("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": "Table of epochs"},
          h("table", {class: "numbers"}, h("thead", {}, this.#head), this.#body)));

  constructor() {
    this.element.addEventListener("toggle", () => this.#curves && this.update(this.#curves));
  }

  /** Shows the epochs of a training, as soon as it is unfolded. */
  update(curves) {
    this.#curves = curves;
    const run = curves.runs.values().next().value;
    const last = run?.epochs.at(-1);
    if (last === undefined || last === this.#last) {
      return;
    }
    this.element.hidden = false;
    if (!this.element.open) {
      return;
    }
    this.#last = last;
    const judged = curves.judgedBy;
    const columns = [
      ["epoch", (epoch) => String(epoch.epoch)],
      ["train loss", (epoch) => number(epoch.trainLoss)],
      [`${judged} loss`, (epoch) => number(epoch.loss)],
      ...curves.metrics.flatMap((name) => [
        [`train ${name}`, (epoch) => number(epoch.trainMetrics?.[name])], [`${judged} ${name}`, (epoch) => number(epoch.metrics?.[name])]]),
      ["rate", (epoch) => number(epoch.rate)],
      ["η", (epoch) => number(epoch.eta)],
      ["KL", (epoch) => number(epoch.klTaken)],
      ["network", (epoch) => duration(epoch.networkSeconds)],
      ["optimizer", (epoch) => duration(epoch.optimizerSeconds)],
      ["evaluation", (epoch) => duration(epoch.evaluationSeconds)],
    ];
    const names = columns.map(([name]) => name).join("\n");
    if (names !== this.#columns) {
      this.#columns = names;
      this.#head.replaceChildren(...columns.map(([name]) => h("th", {scope: "col"}, name)));
    }
    this.#body.replaceChildren(...run.epochs.toReversed().map((epoch) => h("tr", {}, columns.map(([, text]) => h("td", {}, text(epoch))))));
  }
}
