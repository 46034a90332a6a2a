// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory on the device that the calls of a plan use one after the other. It grows; what it was before stays allocated until the end, for a
 * recorded CUDA graph goes on using it.
 */
final class Workspace {
  private final CudaDriver driver;
  private final List<Long> allocated = new ArrayList<>();
  private long address;
  private long bytes;

  /** Nothing yet. */
  Workspace(CudaDriver driver) {
    this.driver = driver;
  }

  /** Makes it at least that large. */
  void require(long wanted) {
    if (wanted > bytes) {
      address = driver.allocate(wanted);
      allocated.add(address);
      bytes = wanted;
    }
  }

  /** Where it is; 0 while it is empty. */
  long address() {
    return address;
  }

  /** Its size. */
  long bytes() {
    return bytes;
  }

  /** Frees all that there was. */
  void free() {
    allocated.forEach(driver::free);
    allocated.clear();
    address = 0;
    bytes = 0;
  }
}
