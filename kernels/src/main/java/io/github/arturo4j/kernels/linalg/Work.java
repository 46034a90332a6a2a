// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

/**
 * What a task has to do, for a model of its time.
 *
 * @param flops floating-point operations, a multiplication and an addition being two
 * @param bytes bytes read from and written to the device's global memory, as if no cache held them
 */
public record Work(long flops, long bytes) {
  /** Both. */
  public Work plus(Work other) {
    return new Work(flops + other.flops, bytes + other.bytes);
  }
}
