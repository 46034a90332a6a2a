// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * What the next process of a job is to do. A process that was started for an earlier attempt finds another number here, and ends: so
 * no job runs twice, whatever became of the server between starting a process and knowing of it.
 *
 * @param attempt the attempt's number
 * @param arguments the command's, its name the first
 */
public record Order(int attempt, List<String> arguments) {
  /** Writes it into a job's folder, in place of the one before. */
  public void write(JobFolder folder) {
    try {
      JsonFile.write(folder.order(), this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** That of a job's folder; nothing if there is none. */
  public static Optional<Order> read(JobFolder folder) {
    try {
      return JsonFile.read(folder.order(), Order.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
