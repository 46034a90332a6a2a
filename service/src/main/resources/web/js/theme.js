// SPDX-License-Identifier: Apache-2.0
// Colours of curves, for light and dark, from the style sheet.

const changed = new Set();
let values = new Map();

/** A colour by its name in the style sheet, such as "--c1". */
export function color(name) {
  if (!values.has(name)) {
    values.set(name, getComputedStyle(document.documentElement).getPropertyValue(name).trim());
  }
  return values.get(name);
}

/** Has a function called when light becomes dark or back; returns what ends that. */
export function onTheme(listener) {
  changed.add(listener);
  return () => changed.delete(listener);
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  values = new Map();
  changed.forEach((listener) => listener());
});

/** How curves differ: first by colour, then by dashes too. */
export function look(index) {
  return {color: `--c${index % 8 + 1}`, dash: [[], [8, 4], [2, 3], [10, 3, 2, 3]][Math.floor(index / 8) % 4]};
}
