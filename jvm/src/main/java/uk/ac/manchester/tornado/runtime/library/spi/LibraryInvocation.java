// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.runtime.library.spi;

import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;

/** A call of a native library, with its arguments on the device. */
public final class LibraryInvocation {
  private final Object[] javaArgs;
  private final long[] devicePointers;
  private final boolean[] isReference;
  private final TornadoXPUDevice device;
  private final long executionPlanId;
  private final LibraryContext context;
  private final Object tuning;

  /** One of these arguments; those that are no arrays have no pointer. */
  public LibraryInvocation(
      Object[] javaArgs, long[] devicePointers, boolean[] isReference, TornadoXPUDevice device, long executionPlanId,
      LibraryContext context, Object tuning) {
    this.javaArgs = javaArgs.clone();
    this.devicePointers = devicePointers.clone();
    this.isReference = isReference.clone();
    this.device = device;
    this.executionPlanId = executionPlanId;
    this.context = context;
    this.tuning = tuning;
  }

  /** Number of arguments. */
  public int getNumArgs() {
    return javaArgs.length;
  }

  /** An argument as the task has it. */
  public Object getArg(int index) {
    return javaArgs[index];
  }

  /** Where on the device an array's first element is. */
  public long getDevicePointer(int index) {
    return devicePointers[index];
  }

  /** Whether an argument is an array. */
  public boolean isReference(int index) {
    return isReference[index];
  }

  /** Where it runs. */
  public TornadoXPUDevice getDevice() {
    return device;
  }

  /** The plan that it is a part of. */
  public long getExecutionPlanId() {
    return executionPlanId;
  }

  /** What the provider has made for the plan. */
  public LibraryContext getContext() {
    return context;
  }

  /** What the task's descriptor says beside. */
  public Object getTuning() {
    return tuning;
  }
}
