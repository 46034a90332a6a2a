// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A task that is a method, with its arguments, and its grid if it has one. */
final class KernelTask implements Task {
  private final String id;
  private final String name;
  private final TaskCode code;
  private final Object[] arguments;
  private final int context;

  KernelTask(String graph, String id, TaskCode code, Object... arguments) {
    this.id = id;
    this.name = graph + "." + id;
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

  @Override
  public String id() {
    return id;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Object> arrays() {
    List<Object> arrays = new ArrayList<>();
    for (Object argument : arguments) {
      if (argument instanceof TornadoNativeArray) {
        arrays.add(argument);
      }
    }
    return arrays;
  }

  @Override
  public void run(DeviceMemory memory, WorkerGrid grid) {
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
    } catch (RuntimeException e) {
      throw Task.failed(name, e);
    }
  }
}
