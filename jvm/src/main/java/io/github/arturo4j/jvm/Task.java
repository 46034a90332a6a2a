// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.List;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** A step of a graph. */
sealed interface Task permits KernelTask, LibraryTask {
  /** Its name in the graph. */
  String id();

  /** The graph's name and the task's: what a grid scheduler calls it. */
  String name();

  /** The arrays that it is given. */
  List<Object> arrays();

  /**
   * Runs it to its end.
   *
   * @param grid of its threads; null where it has none
   */
  void run(DeviceMemory memory, WorkerGrid grid);

  /** What a failure of a task is told as. */
  static TornadoRuntimeException failed(String name, RuntimeException cause) {
    String why = cause instanceof TornadoRuntimeException ? cause.getMessage() : cause.toString();
    TornadoRuntimeException failure = new TornadoRuntimeException("task '" + name + "' failed: " + why);
    failure.initCause(cause);
    return failure;
  }
}
