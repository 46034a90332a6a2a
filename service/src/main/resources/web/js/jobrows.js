// SPDX-License-Identifier: Apache-2.0
// The three kinds of rows in the list of jobs.

import {elapsed, setElapsed, setTime, time} from "./clock.js";
import {h, setAttribute, setText} from "./dom.js";
import {duration, number} from "./format.js";
import {Progress, bestWords, words} from "./progress.js";
import {badge, setBadge} from "./state.js";

/** Cells that every kind has: the box, the number, name with experiment and labels. */
function head(job, selection) {
  const box = h("input", {type: "checkbox"});
  const link = h("a", {href: `#/job/${job.id}`});
  const sub = h("small");
  const labels = h("span", {class: "labels"});
  const cells = [
    h("td", {class: "box"}, box),
    h("td", {class: "number id"}, String(job.id)),
    h("td", {class: "name"}, link, sub, labels),
  ];
  let shownLabels = null;
  return {
    cells,
    box,
    update(now) {
      setText(link, now.name);
      setAttribute(box, "aria-label", `Select job ${now.id}, ${now.name}`);
      const optimizer = now.options?.optimizer ?? now.options?.optimizers;
      setText(sub, [now.kind === "train" ? null : now.kind, now.experiment === now.name ? null : now.experiment, optimizer]
          .filter((part) => part).join(" · "));
      const text = now.labels.join("\n");
      if (text !== shownLabels) {
        shownLabels = text;
        labels.replaceChildren(...now.labels.map((label) => h("span", {class: "label"}, label)));
      }
    },
  };
}

function row(job, selection, cells, update) {
  const first = head(job, selection);
  const element = h("tr", {}, first.cells, cells);
  const mark = (selected) => {
    first.box.checked = selected;
    element.classList.toggle("selected", selected);
  };
  mark(selection.has(job.id));
  first.box.addEventListener("change", () => {
    mark(first.box.checked);
    selection.set(job.id, first.box.checked);
  });
  return {
    element,
    mark,
    update(now, index) {
      first.update(now);
      update(now, index);
    },
  };
}

/** The slots that a job's process has. */
export function slots(job) {
  return job.attempts.at(-1)?.slots.join(", ") ?? "";
}

/** A row of a job that runs. */
export function runningRow(selection) {
  return (job) => {
    const state = badge(job.state);
    const progress = new Progress(`Progress of job ${job.id}`);
    const loss = h("span", {class: "number"});
    const since = elapsed();
    const left = h("span", {class: "number"});
    const where = h("span");
    return row(job, selection, [
      h("td", {class: "status"}, state),
      h("td", {class: "wide"}, progress.element),
      h("td", {"data-name": "loss"}, loss),
      h("td", {"data-name": "running for"}, since),
      h("td", {"data-name": "left"}, left),
      h("td", {"data-name": "on"}, where),
    ], (now) => {
      setBadge(state, now.state);
      progress.update(now.position, now.search);
      setText(loss, number(now.position?.loss));
      setElapsed(since, now.attempts.at(-1)?.began ?? now.began, null);
      setText(left, now.state === "stopping" ? "–" : duration(now.secondsLeft));
      setText(where, slots(now));
    });
  };
}

/** A row of a job that waits. */
export function queuedRow(selection) {
  return (job) => {
    const place = h("span", {class: "number"});
    const waits = h("span");
    const priority = h("span", {class: "number"});
    const devices = h("span", {class: "number"});
    const submitted = time();
    const by = h("span");
    return row(job, selection, [
      h("td", {"data-name": "place"}, place),
      h("td", {class: "wide"}, waits),
      h("td", {"data-name": "priority"}, priority),
      h("td", {"data-name": "devices"}, devices),
      h("td", {"data-name": "submitted"}, submitted),
      h("td", {"data-name": "by"}, by),
    ], (now, index) => {
      setText(place, String(index + 1));
      setText(waits, now.waitingFor ?? "–");
      setText(priority, String(now.priority));
      setText(devices, now.device ?? String(now.devices));
      setTime(submitted, now.submitted);
      setText(by, now.submittedBy);
    });
  };
}

function result(job) {
  if (job.state === "succeeded" && job.search) {
    return bestWords(job.search);
  }
  if (job.state === "failed") {
    return job.failure ?? "–";
  }
  if (job.state === "cancelled") {
    return `by ${job.cancelledBy ?? "the server"}${job.position ? `, ${words(job.position)}` : ""}`;
  }
  return words(job.position);
}

/** A row of a job that has ended. */
export function endedRow(selection) {
  return (job) => {
    const state = badge(job.state);
    const text = h("span");
    const loss = h("span", {class: "number"});
    const took = elapsed();
    const end = time();
    const by = h("span");
    return row(job, selection, [
      h("td", {class: "status"}, state),
      h("td", {class: "wide"}, text),
      h("td", {"data-name": "loss"}, loss),
      h("td", {"data-name": "took"}, took),
      h("td", {"data-name": "ended"}, end),
      h("td", {"data-name": "by"}, by),
    ], (now) => {
      setBadge(state, now.state);
      setText(text, result(now));
      setText(loss, number(now.position?.loss));
      setElapsed(took, now.began, now.began ? now.ended : null);
      setTime(end, now.ended);
      setText(by, now.submittedBy);
    });
  };
}
