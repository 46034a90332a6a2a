// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryInvocation;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoLibraryProvider;

/** A library that multiplies in native memory, and notes what is asked of it; found by the ServiceLoader. */
public final class ScalingProvider implements TornadoLibraryProvider {
  static final List<String> ASKED = new ArrayList<>();

  private record Context(long plan) implements LibraryContext {}

  @Override
  public String libraryName() {
    return "scaling";
  }

  @Override
  public boolean canHandle(TornadoXPUDevice device) {
    return device == JvmRuntime.INSTANCE;
  }

  @Override
  public LibraryContext createContext(TornadoXPUDevice device, long executionPlanId) {
    ASKED.add("create");
    return new Context(executionPlanId);
  }

  @Override
  public void prepare(LibraryTaskDescriptor descriptor, LibraryContext context) {
    ASKED.add("prepare " + descriptor.getFunctionName());
  }

  /** Of (from, to, factor): writes factor · from into the second half of to. */
  @Override
  public void dispatch(String functionName, LibraryInvocation invocation) {
    ASKED.add(functionName);
    if (functionName.equals("fail")) {
      throw new IllegalStateException("status 3");
    }
    boolean[] references = {invocation.isReference(0), invocation.isReference(1), invocation.isReference(2)};
    long plan = ((Context) invocation.getContext()).plan();
    if (!references[0] || !references[1] || references[2] || plan != invocation.getExecutionPlanId() || invocation.getNumArgs() != 3) {
      throw new IllegalStateException("wrong arguments");
    }
    int n = ((FloatArray) invocation.getArg(0)).getSize();
    MemorySegment from = MemorySegment.ofAddress(invocation.getDevicePointer(0)).reinterpret(4L * n);
    MemorySegment to = MemorySegment.ofAddress(invocation.getDevicePointer(1)).reinterpret(4L * n);
    for (int i = n / 2; i < n; i++) {
      to.setAtIndex(
          ValueLayout.JAVA_FLOAT, i,
          (float) invocation.getArg(2) * (float) invocation.getTuning() * from.getAtIndex(ValueLayout.JAVA_FLOAT, i));
    }
  }

  @Override
  public void destroyContext(LibraryContext context) {
    ASKED.add("destroy");
  }
}
