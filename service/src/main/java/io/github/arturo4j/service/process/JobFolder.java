// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.process;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The files of a job, which its process and the server share.
 *
 * @param path the folder
 * @param run the run folder, or of a comparison or a search its folder; that of a trial lies in its search's
 */
public record JobFolder(Path path, Path run) {
  /** One whose run folder is its own. */
  public JobFolder(Path path) {
    this(path, path.resolve("run"));
  }

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

  /** The same by paths that begin in another folder: that of the process that uses it. */
  public JobFolder from(Path directory) throws IOException {
    Path there = directory.toRealPath().relativize(path.toRealPath()); // ".." leads to the parent of where links lead
    return new JobFolder(there, there.resolve(path.relativize(run)).normalize());
  }
}
