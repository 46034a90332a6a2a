// SPDX-License-Identifier: Apache-2.0
// What can be done with a job: cancel, resume, change, delete. Each asks first, and says what will be lost.

import {post, send} from "./api.js";
import {ask} from "./dialog.js";
import {h} from "./dom.js";

/** Asks how jobs are to be cancelled; null if they are not. */
export function cancelMode(title, jobs) {
  const waiting = jobs.every((job) => job.state === "queued");
  const stopping = jobs.every((job) => job.state === "stopping");
  if (waiting) {
    return ask({title, body: jobs.length === 1 ? "It has not begun." : "They have not begun.",
      choices: [{label: "Cancel it".replace("it", jobs.length === 1 ? "job" : "jobs"), value: "now", danger: true}]});
  }
  const now = {label: "Cancel now", value: "now", danger: true};
  if (stopping) {
    return ask({title, body: "It is writing its checkpoint. Cancelled now, it can only go on from the checkpoint before.", choices: [now]});
  }
  return ask({title, body: "With a checkpoint, it can be resumed where it stood. Now, what came after the last checkpoint is lost.",
    choices: [{label: "Cancel with checkpoint", value: "checkpoint"}, now]});
}

/** Cancels a job; null if it is not to be. */
export async function cancel(job) {
  const mode = await cancelMode(`Cancel job ${job.id}, ${job.name}?`, [job]);
  return mode === null ? null : post(`/jobs/${job.id}/cancel`, {mode});
}

/** Has a job go on, with as many epochs as asked for; null if it is not to be. */
export async function resume(job) {
  const epochs = h("input", {id: "resume-epochs", type: "text", inputmode: "numeric", maxlength: "9",
    placeholder: job.position?.epochs ? String(job.position.epochs) : ""});
  const choice = await ask({
    title: `Resume job ${job.id}, ${job.name}?`,
    body: ["It goes on from its checkpoint, as if it had never stopped.",
      h("div", {class: "field"}, h("label", {for: "resume-epochs"}, "Epochs in all, if more than before"), epochs)],
    choices: [{label: "Resume", value: "resume"}],
    first: epochs,
  });
  if (choice === null) {
    return null;
  }
  const text = epochs.value.trim();
  return post(`/jobs/${job.id}/resume`, text === "" ? {} : {epochs: /^\d+$/.test(text) ? Number(text) : text});
}

/** Changes name, labels and priority; null if nothing is to be. */
export async function change(job) {
  const name = h("input", {id: "change-name", type: "text", maxlength: "100", value: job.name});
  const labels = h("input", {id: "change-labels", type: "text", value: job.labels.join(", ")});
  const priority = h("input", {id: "change-priority", type: "text", inputmode: "numeric", value: String(job.priority)});
  const field = (label, input) => h("div", {class: "field"}, h("label", {for: input.id}, label), input);
  const waits = job.state === "queued";
  const choice = await ask({
    title: `Change job ${job.id}`,
    body: [field("Name", name), field("Labels, separated by commas", labels), waits ? field("Priority, 0 to 100", priority) : []].flat(),
    choices: [{label: "Change", value: "change"}],
    first: name,
  });
  if (choice === null) {
    return null;
  }
  const body = {name: name.value.trim(), labels: labels.value.split(",").map((part) => part.trim()).filter((part) => part)};
  if (waits) {
    body.priority = /^\d+$/.test(priority.value.trim()) ? Number(priority.value) : priority.value;
  }
  return (await send("PATCH", `/jobs/${job.id}`, {body})).json();
}

/** Removes a job with its files; resolves to whether it is gone. */
export async function remove(job) {
  const choice = await ask({
    title: `Delete job ${job.id}, ${job.name}?`,
    body: "Its run folder goes with it: weights, checkpoint, metrics and log. This cannot be undone.",
    choices: [{label: "Delete", value: "delete", danger: true}],
  });
  if (choice === null) {
    return false;
  }
  await send("DELETE", `/jobs/${job.id}`);
  return true;
}
