// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The files of a job, which its process and the server share.
 *
 * @param path the folder
 */
public record JobFolder(Path path) {
  /** The experiment in YAML, of a job that brings its own. */
  public Path experiment() {
    return path.resolve("experiment.yaml");
  }

  /** What the process prints; it is only appended to. */
  public Path log() {
    return path.resolve("log.txt");
  }

  /** What the training tells, a line of JSON each; it is only appended to. */
  public Path events() {
    return path.resolve("events.jsonl");
  }

  /** How the process has ended; written last, whole or not at all. */
  public Path outcome() {
    return path.resolve("outcome.json");
  }

  /** What the next process is to do. */
  public Path order() {
    return path.resolve("order.json");
  }

  /** Which process has the folder. */
  public Path claim() {
    return path.resolve("process.json");
  }

  /** The run folder, or of a comparison its folder. */
  public Path run() {
    return path.resolve("run");
  }

  /** The same by a path that begins in another folder: that of the process that uses it. */
  public JobFolder from(Path directory) throws IOException {
    return new JobFolder(directory.toRealPath().relativize(path.toRealPath())); // ".." leads to the parent of where links lead
  }
}
