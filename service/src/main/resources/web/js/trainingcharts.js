// SPDX-License-Identifier: Apache-2.0
// The charts of one training: loss, metrics, η, KL, step time.

import {ChartGroup} from "./chartgroup.js";
import {points} from "./curves.js";
import {number, shortTick, shortTime} from "./format.js";

const STEP = {color: "--faint", width: 1};
const TRAIN = {color: "--c1", points: true};
const JUDGED = {color: "--c2", dash: [7, 4], points: true};

/** Charts that are drawn anew when a curve has changed. */
export class TrainingCharts {
  #group = new ChartGroup();
  element = this.#group.element;

  /** Shows what is known. */
  update(curves) {
    const run = curves.runs.values().next().value;
    if (run === undefined) {
      this.element.hidden = true;
      return;
    }
    this.element.hidden = false;
    this.#group.last = Math.max(run.epochs.at(-1)?.x ?? 0, run.steps.at(-1)?.x ?? 0);
    const judged = curves.judgedBy;
    this.#show("Loss", [
      [{label: "training steps", ...STEP}, points(run.steps, (step) => step.loss)],
      [{label: "train", ...TRAIN}, points(run.epochs, (epoch) => epoch.trainLoss)],
      [{label: judged, ...JUDGED}, points(run.epochs, (epoch) => epoch.loss)],
    ], {loggable: true});
    for (const name of curves.metrics) {
      this.#show(name[0].toUpperCase() + name.slice(1).replaceAll("_", " "), [
        [{label: "train", ...TRAIN}, points(run.epochs, (epoch) => epoch.trainMetrics?.[name])],
        [{label: judged, ...JUDGED}, points(run.epochs, (epoch) => epoch.metrics?.[name])],
      ]);
    }
    this.#show("η", [
      [{label: "steps", ...STEP}, points(run.steps, (step) => step.eta)],
      [{label: "last step of the epoch", color: "--c3", points: true}, points(run.epochs, (epoch) => epoch.eta)],
    ], {loggable: true});
    this.#show("KL of the last step, nats", [
      [{label: "taken", color: "--c4", points: true}, points(run.epochs, (epoch) => epoch.klTaken)],
      [{label: "bound", color: "--faint", width: 1}, points(run.epochs, (epoch) => epoch.klTaken === null ? null : epoch.rate)],
    ], {loggable: true});
    this.#show("Step time", [[{label: "step", color: "--c5", width: 1}, points(run.steps, (step) => step.seconds)]],
        {format: shortTime, ticks: shortTick, loggable: true});
    this.#group.arrange();
  }

  /** Ends it. */
  close() {
    this.#group.close();
  }

  #show(title, curves, options = {}) {
    this.#group.chart(title, {format: number, ...options}).show(curves.map(([curve]) => curve), curves.map(([, table]) => table));
  }
}
