// SPDX-License-Identifier: Apache-2.0
/* global uPlot */
// A chart of curves over epochs, with a legend whose entries are buttons.

import {fill, h, setText} from "./dom.js";
import {number, tick} from "./format.js";
import {color, onTheme} from "./theme.js";

const HEIGHT = 220;
/** Between lines of epochs. */
const EPOCHS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, ...[1, 10, 100, 1000, 10000].flatMap((power) => [power, 2 * power, 5 * power])];
const DIGIT = 6.5;
const FONT = "11px system-ui, sans-serif";

function axis(properties) {
  return {
    stroke: () => color("--muted"),
    grid: {stroke: () => color("--grid"), width: 1},
    ticks: {stroke: () => color("--grid"), width: 1, size: 4},
    font: FONT,
    ...properties,
  };
}

/** As many pixels as the longest number at the axis needs. */
function room(plot, values) {
  return 18 + DIGIT * Math.max(4, ...(values ?? []).map((value) => value.length));
}

/** A curve's entry in the legend: a button that hides and shows it, with the value under the cursor, or the last one. */
function entry(curve, toggled) {
  const value = h("span", {class: "number value"});
  const swatch = h("i", {class: "swatch"});
  swatch.style.setProperty("--swatch", `var(${curve.color})`);
  swatch.classList.toggle("dashed", (curve.dash ?? []).length > 0);
  const button = h("button", {type: "button", class: "entry", "aria-pressed": "true", onclick: () => {
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    toggled(on);
  }}, swatch, h("span", {}, curve.label), value);
  return {button, value};
}

/** A chart; curves are {label, color, dash, width, points}. */
export class Chart {
  #plot = null;
  #curves = [];
  #entries = [];
  #hidden = new Set();
  #data = [[]];
  #range = null;
  #log = false;
  #group;
  #format;
  #ticks;
  #height;
  #box = h("div", {class: "plot"});
  #legend = h("div", {class: "legend", role: "group"});
  #resize = new ResizeObserver(() => this.#fit());
  #untheme = onTheme(() => this.#plot?.redraw(false));

  /**
   * A chart without curves yet.
   *
   * @param title what it shows
   * @param group to whom zooming is told: zoomed([min, max] or null)
   */
  constructor(title, {group, format = number, ticks = tick, height = HEIGHT}) {
    this.#group = group;
    this.#format = format;
    this.#ticks = ticks;
    this.#height = height;
    this.#legend.setAttribute("aria-label", `Curves of ${title}`);
    this.#box.setAttribute("role", "img");
    this.#box.setAttribute("aria-label", `${title} over epochs, drawn; the values are in the table of epochs`);
    this.element = h("figure", {class: "chart"}, h("figcaption", {}, title), this.#legend, this.#box);
    this.#resize.observe(this.#box);
  }

  /** Shows curves; those of the same labels keep whether they are hidden. */
  show(curves, tables) {
    const same = curves.length === this.#curves.length && curves.every((curve, i) => curve.label === this.#curves[i].label);
    this.#data = tables.length === 0 ? [[]] : uPlot.join(tables);
    if (same && this.#plot !== null) {
      this.#plot.setData(this.#data, true);
    } else {
      this.#curves = curves;
      this.#draw();
    }
    this.#values(null);
    this.element.hidden = !this.#data.slice(1).some((ys) => ys.some((y) => y !== null && y !== undefined));
  }

  /** Shows these epochs only; null for all. */
  zoom(range) {
    this.#range = range;
    this.#plot?.setData(this.#data, true);
  }

  /** Whether values have a logarithmic scale. */
  logarithmic(log) {
    if (log !== this.#log) {
      this.#log = log;
      this.#draw();
    }
  }

  /** Ends it. */
  close() {
    this.#resize.disconnect();
    this.#untheme();
    this.#plot?.destroy();
    this.#plot = null;
  }

  #width() {
    return Math.max(120, Math.floor(this.#box.clientWidth));
  }

  #fit() {
    if (this.#plot !== null && this.#plot.width !== this.#width()) {
      this.#plot.setSize({width: this.#width(), height: this.#height});
    }
  }

  #draw() {
    this.#plot?.destroy();
    this.#plot = null;
    this.#entries = this.#curves.map((curve, i) => entry(curve, (on) => this.#toggle(i, on)));
    this.#entries.forEach(({button}, i) => button.setAttribute("aria-pressed", String(!this.#hidden.has(this.#curves[i].label))));
    fill(this.#legend, this.#entries.map(({button}) => button));
    if (this.#curves.length === 0) {
      return;
    }
    this.#plot = new uPlot(this.#options(), this.#data, this.#box);
    this.#fit();
  }

  #options() {
    return {
      width: this.#width(),
      height: this.#height,
      padding: [6, 12, 0, 0],
      legend: {show: false},
      cursor: {
        sync: {key: this.#group.key, setSeries: false},
        drag: {x: true, y: false, setScale: false},
        points: {size: 6},
        bind: {dblclick: () => () => {
          this.#group.zoomed(null);
          return null;
        }},
      },
      scales: {
        x: {time: false, range: (plot, min, max) => this.#range ?? (min === null ? [0, 1] : [Math.min(0, min), Math.max(max, min + 1e-9)])},
        y: this.#log ? {distr: 3, log: 10} : {},
      },
      axes: [axis({space: 44, size: 28, incrs: EPOCHS}), axis({size: room, space: 28,
        values: (plot, splits, axisIndex, space, step) =>
          splits.map((value) => value === null ? "" : this.#ticks(value, this.#log ? 0 : step))})],
      series: [{}, ...this.#curves.map((curve) => ({
        label: curve.label,
        show: !this.#hidden.has(curve.label),
        stroke: () => color(curve.color),
        width: curve.width ?? 2,
        dash: curve.dash,
        spanGaps: true,
        points: {show: curve.points ?? false, size: 5, fill: () => color(curve.color)},
      }))],
      hooks: {
        setCursor: [(plot) => this.#values(plot.cursor.idx)],
        setSelect: [(plot) => {
          if (plot.select.width > 3) {
            const at = (pixel) => plot.posToVal(pixel, "x");
            this.#group.zoomed([at(plot.select.left), at(plot.select.left + plot.select.width)]);
          }
          plot.setSelect({left: 0, top: 0, width: 0, height: 0}, false);
        }],
      },
    };
  }

  #toggle(index, on) {
    const label = this.#curves[index].label;
    if (on) {
      this.#hidden.delete(label);
    } else {
      this.#hidden.add(label);
    }
    this.#plot.setSeries(index + 1, {show: on});
  }

  /** The values at a place, or the last ones. */
  #values(index) {
    this.#entries.forEach(({value}, i) => {
      const ys = this.#data[i + 1] ?? [];
      let at = index ?? ys.length - 1;
      while (at >= 0 && (ys[at] === null || ys[at] === undefined)) {
        at -= 1;
      }
      setText(value, at < 0 ? "" : this.#format(ys[at]));
    });
  }
}
