// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import uk.ac.manchester.tornado.api.TaskGraph;

/** Who compiles the kernels of this process, where what suits the one is slow or wrong with the other. */
public final class KernelCompiler {
  /**
   * Whether it is the JVM's own compiler; else it is TornadoVM, and then that of the device's driver. Constant, so that
   * each leaves out what is for the other.
   */
  public static final boolean JVM = !TaskGraph.class.getModule().isNamed();

  private KernelCompiler() {}
}
