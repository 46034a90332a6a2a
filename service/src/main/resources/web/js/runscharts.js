// SPDX-License-Identifier: Apache-2.0
// One chart with a curve for each of several trainings.

import {ChartGroup} from "./chartgroup.js";
import {points} from "./curves.js";
import {h} from "./dom.js";
import {number, shortTick, shortTime, tick} from "./format.js";
import {look} from "./theme.js";

const QUANTITIES = {
  loss: {title: "Judged loss", of: (run) => points(run.epochs, (epoch) => epoch.loss)},
  trainLoss: {title: "Train loss", of: (run) => points(run.epochs, (epoch) => epoch.trainLoss)},
  steps: {title: "Loss of training steps", of: (run) => points(run.steps, (step) => step.loss)},
  eta: {title: "η", of: (run) => points(run.epochs, (epoch) => epoch.eta)},
  kl: {title: "KL of the last step, nats", of: (run) => points(run.epochs, (epoch) => epoch.klTaken)},
  seconds: {title: "Step time", format: shortTime, ticks: shortTick, of: (run) => points(run.steps, (step) => step.seconds)},
};

function metric(name) {
  return {title: `Judged ${name.replaceAll("_", " ")}`, of: (run) => points(run.epochs, (epoch) => epoch.metrics?.[name])};
}

/** A chart of one quantity at a time, which is chosen. */
export class RunsCharts {
  #choice = h("select", {onchange: () => this.#draw()});
  #group = new ChartGroup([h("label", {}, "Quantity ", this.#choice)]);
  #quantities = {};
  #runs = [];
  element = this.#group.element;

  /**
   * Shows trainings.
   *
   * @param runs [name, run] each, whose order is that of the legend
   * @param metrics names of their metrics
   */
  update(runs, metrics) {
    this.#runs = runs;
    const measured = Object.fromEntries(metrics.map((name) => [`metric ${name}`, metric(name)]));
    const quantities = {loss: QUANTITIES.loss, ...measured, ...QUANTITIES};
    if (Object.keys(quantities).length !== Object.keys(this.#quantities).length) {
      const chosen = this.#choice.value;
      this.#quantities = quantities;
      this.#choice.replaceChildren(...Object.entries(quantities).map(([value, {title}]) => h("option", {value}, title)));
      this.#choice.value = chosen in quantities ? chosen : "loss";
    }
    this.#group.last = Math.max(0, ...runs.map(([, run]) => Math.max(run.epochs.at(-1)?.x ?? 0, run.steps.at(-1)?.x ?? 0)));
    this.#draw();
  }

  close() {
    this.#group.close();
  }

  #draw() {
    const quantity = this.#quantities[this.#choice.value];
    if (quantity === undefined || this.#runs.length === 0) {
      return;
    }
    this.#group.only([quantity.title]);
    this.#group.chart(quantity.title, {format: quantity.format ?? number, ticks: quantity.ticks ?? tick, height: 420, loggable: true}).show(
        this.#runs.map(([label], i) => ({label, ...look(i), points: quantity.of !== QUANTITIES.steps.of
            && quantity.of !== QUANTITIES.seconds.of})),
        this.#runs.map(([, run]) => quantity.of(run)));
  }
}
