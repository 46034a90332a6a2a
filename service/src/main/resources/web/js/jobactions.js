// SPDX-License-Identifier: Apache-2.0
// What can be done with a job: cancel, resume, change, delete. Each asks first, and says what will be lost.

import {post, send} from "./api.js";
import {ask} from "./dialog.js";
import {Field, numberOrText, textInput} from "./field.js";

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
export function resume(job) {
  const epochs = new Field("epochs", "Epochs in all, if more than before",
      textInput({inputmode: "numeric", maxlength: "9", placeholder: job.position?.epochs ? String(job.position.epochs) : null}));
  const search = job.kind === "tune"; // which keeps its epochs
  return ask({
    title: `Resume job ${job.id}, ${job.name}?`,
    body: search ? "Its trials go on from their checkpoints, as if they had never stopped."
      : "It goes on from its checkpoint, as if it had never stopped.",
    fields: search ? [] : [epochs],
    choices: [{label: "Resume", value: "resume"}],
    does: () => {
      const text = epochs.input.value.trim();
      return post(`/jobs/${job.id}/resume`, text === "" ? {} : {epochs: numberOrText(text)});
    },
  });
}

/** Changes name, labels and priority; null if nothing is to be. */
export function change(job) {
  const name = new Field("name", "Name", textInput({maxlength: "100", value: job.name}));
  const labels = new Field("labels", "Labels, separated by commas", textInput({value: job.labels.join(", ")}));
  const priority = new Field("priority", "Priority, 0 to 100", textInput({inputmode: "numeric", value: String(job.priority)}));
  const waits = job.state === "queued";
  return ask({
    title: `Change job ${job.id}`,
    fields: [name, labels, ...waits ? [priority] : []],
    choices: [{label: "Change", value: "change"}],
    does: async () => {
      const body = {name: name.input.value.trim(), labels: labels.input.value.split(",").map((part) => part.trim()).filter((part) => part)};
      if (waits) {
        body.priority = numberOrText(priority.input.value.trim());
      }
      return (await send("PATCH", `/jobs/${job.id}`, {body})).json();
    },
  });
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
