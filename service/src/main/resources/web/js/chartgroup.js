// SPDX-License-Identifier: Apache-2.0
// Charts that are zoomed together, by dragging over one of them or by two fields for those who have no mouse.

import {Chart} from "./chart.js";
import {h, newId} from "./dom.js";

/** Several charts over the same epochs. */
export class ChartGroup {
  /** By which the cursors of its charts know each other. */
  key = newId("group");
  #charts = new Map();
  #grid = h("div", {class: "charts"});
  #from = h("input", {type: "text", inputmode: "decimal", size: "4", placeholder: "0", onchange: () => this.#typed()});
  #to = h("input", {type: "text", inputmode: "decimal", size: "4", placeholder: "last", onchange: () => this.#typed()});
  #all = h("button", {type: "button", class: "small", onclick: () => this.zoomed(null)}, "All epochs");
  #log = h("input", {type: "checkbox", onchange: () => this.#logarithmic()});
  #range = null;

  constructor(more = []) {
    this.#all.disabled = true;
    this.element = h("div", {class: "chartgroup"},
        h("div", {class: "tools", role: "group", "aria-label": "What the charts show"}, more,
            h("label", {}, "Epochs from ", this.#from), h("label", {}, "to ", this.#to), this.#all,
            h("label", {class: "check"}, this.#log, "Logarithmic"),
            h("small", {class: "hint mouse"}, "Drag to zoom, double-click for all")),
        this.#grid);
  }

  /** The chart of this title, made where there is none; options as a chart's, and whether its scale may be logarithmic. */
  chart(title, options = {}) {
    let chart = this.#charts.get(title);
    if (chart === undefined) {
      chart = {chart: new Chart(title, {...options, group: this}), loggable: options.loggable ?? false};
      this.#charts.set(title, chart);
      this.#grid.append(chart.chart.element);
      chart.chart.zoom(this.#range);
      chart.chart.logarithmic(chart.loggable && this.#log.checked);
    }
    return chart.chart;
  }

  /** Removes the charts whose titles are not among these. */
  only(titles) {
    for (const [title, {chart}] of this.#charts) {
      if (!titles.includes(title)) {
        chart.close();
        chart.element.remove();
        this.#charts.delete(title);
      }
    }
  }

  /** Gives the first chart the whole width where their number is odd. */
  arrange() {
    const shown = [...this.#charts.values()].filter(({chart}) => !chart.element.hidden).length;
    this.#grid.classList.toggle("odd", shown % 2 === 1);
  }

  /** Shows these epochs in all charts, whatever comes; null for all. */
  zoomed(range) {
    this.#range = range;
    this.#from.value = range === null ? "" : String(Number(range[0].toFixed(3)));
    this.#to.value = range === null ? "" : String(Number(range[1].toFixed(3)));
    this.#all.disabled = range === null;
    this.#charts.forEach(({chart}) => chart.zoom(range));
  }

  /** Ends it. */
  close() {
    this.#charts.forEach(({chart}) => chart.close());
  }

  #typed() {
    const [from, to] = [this.#from, this.#to].map((input) => input.value.trim() === "" ? null : Number(input.value.replace(",", ".")));
    const wrong = Number.isNaN(from) || Number.isNaN(to) || (to !== null && to <= (from ?? 0));
    this.#from.setAttribute("aria-invalid", String(wrong));
    this.#to.setAttribute("aria-invalid", String(wrong));
    if (!wrong && from === null && to === null) {
      this.zoomed(null);
    } else if (!wrong) {
      this.zoomed([from ?? 0, to ?? this.last ?? (from ?? 0) + 1]);
    }
  }

  #logarithmic() {
    this.#charts.forEach(({chart, loggable}) => chart.logarithmic(loggable && this.#log.checked));
  }
}
