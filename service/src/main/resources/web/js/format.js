// SPDX-License-Identifier: Apache-2.0
// Numbers, sizes and times for people.

const FULL = new Intl.DateTimeFormat(undefined, {dateStyle: "medium", timeStyle: "medium"});
const UNITS = ["B", "KiB", "MiB", "GiB", "TiB"];

/** Four significant digits; a dash for what is no number. */
export function number(value) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return "–";
  }
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) {
    return value.toExponential(2);
  }
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}

/** A number at an axis, without zeros that say nothing; its neighbours are a step away. */
export function tick(value, step = 0) {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) {
    return value.toExponential(1);
  }
  const digits = step > 0 && size > 0 ? Math.max(3, 1 + Math.ceil(Math.log10(size / step))) : 3;
  return String(Number(value.toPrecision(Math.min(digits, 8))));
}

/** A size in bytes. */
export function bytes(count) {
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[unit]}`;
}

/** How long, from seconds. */
export function duration(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) {
    return "–";
  }
  const s = Math.max(0, Math.round(seconds));
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return `${Math.floor(s / 60)} min ${String(s % 60).padStart(2, "0")} s`;
  }
  if (s < 86400) {
    return `${Math.floor(s / 3600)} h ${String(Math.floor((s % 3600) / 60)).padStart(2, "0")} min`;
  }
  return `${Math.floor(s / 86400)} d ${Math.floor((s % 86400) / 3600)} h`;
}

/** A short time, from seconds: of a step. */
export function shortTime(seconds) {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) {
    return "–";
  }
  return seconds < 1 ? `${number(seconds * 1000)} ms` : `${number(seconds)} s`;
}

/** The same at an axis. */
export function shortTick(seconds, step = 0) {
  return seconds < 1 ? `${tick(seconds * 1000, step * 1000)} ms` : `${tick(seconds, step)} s`;
}

/** How long ago. */
export function ago(date) {
  const seconds = (Date.now() - date.getTime()) / 1000;
  if (seconds < 5) {
    return "just now";
  }
  if (seconds < 60) {
    return `${Math.floor(seconds / 5) * 5} s ago`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ago`;
  }
  if (seconds < 86400) {
    return `${Math.floor(seconds / 3600)} h ago`;
  }
  return seconds < 30 * 86400 ? `${Math.floor(seconds / 86400)} d ago` : date.toLocaleDateString();
}

/** A point in time, in full. */
export function absolute(date) {
  return FULL.format(date);
}
