// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.runtime.library.spi;

/** A device whose native queue of work others may add to: one of the CUDA backend. */
public interface TornadoNativeStreamSupport {
  /** The CUstream of a plan. */
  long getNativeStream(long executionPlanId);

  /** The CUcontext of a plan. */
  long getNativeContext(long executionPlanId);
}
