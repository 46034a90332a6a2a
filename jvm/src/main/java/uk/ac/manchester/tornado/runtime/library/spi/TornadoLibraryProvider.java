// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.runtime.library.spi;

import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;

/** Calls a native library for tasks. One is found by {@link java.util.ServiceLoader}. */
public interface TornadoLibraryProvider {
  /** The name that tasks give. */
  String libraryName();

  /** Whether it can work on that device. */
  boolean canHandle(TornadoXPUDevice device);

  /** Makes what it needs for a plan. */
  LibraryContext createContext(TornadoXPUDevice device, long executionPlanId);

  /** Makes what a task needs, before every execution, and never while a CUDA graph is recorded. */
  default void prepare(LibraryTaskDescriptor descriptor, LibraryContext context) {}

  /** Makes the call. */
  void dispatch(String functionName, LibraryInvocation invocation);

  /** Ends a context. */
  void destroyContext(LibraryContext context);
}
