// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.service.process.Progress;
import io.github.arturo4j.service.store.StoredAttempt;
import java.util.List;

/**
 * A process that runs.
 *
 * @param attempt as the database has it
 * @param handle of the process
 * @param progress how far it has come
 */
record Running(StoredAttempt attempt, ProcessHandle handle, Progress progress) {
  List<Slot> slots() {
    return attempt.slots().stream().map(Slot::of).toList();
  }
}
