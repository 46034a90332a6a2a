// SPDX-License-Identifier: Apache-2.0

/** The order of the queue: priority, then age. */
export function queueOrder(a, b) {
  return b.priority - a.priority || a.id - b.id;
}
