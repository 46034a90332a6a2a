// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A task: a method, its arguments, and its grid if it has one. */
final class Task {
  private final String graph;
  private final String id;
  private final TaskCode code;
  private final Object[] arguments;
  private final int context;
  private WorkerGrid grid;

  Task(String graph, String id, TaskCode code, Object... arguments) {
    this.graph = graph;
    this.id = id;
    this.code = code;
    this.arguments = arguments.clone();
    int at = -1;
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof KernelContext) {
        at = i;
      }
    }
    context = at;
  }

  String id() {
    return id;
  }

  void setGrid(WorkerGrid grid) {
    this.grid = grid;
  }

  List<Object> arrays() {
    List<Object> arrays = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument instanceof TornadoNativeArray) {
        arrays.add(argument);
      }
    }
    return arrays;
  }

  void run(DeviceMemory memory) {
    Object[] onDevice = new Object[arguments.length];
    for (int i = 0; i < onDevice.length; i++) {
      onDevice[i] =
          arguments[i] instanceof TornadoNativeArray ? memory.buffer(arguments[i]) : arguments[i];
    }
    try {
      if (context < 0) {
        code.run(onDevice);
      } else if (grid == null) {
        throw new TornadoRuntimeException("it takes a KernelContext but has no grid in the GridScheduler");
      } else {
        new WorkGroups(code, onDevice, context, grid).run();
      }
    } catch (TornadoRuntimeException e) {
      throw failure(e);
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  private TornadoRuntimeException failure(RuntimeException cause) {
    TornadoRuntimeException failure =
        new TornadoRuntimeException("task '" + graph + "." + id + "' failed: " + cause.getMessage());
    failure.initCause(cause);
    return failure;
  }
}
