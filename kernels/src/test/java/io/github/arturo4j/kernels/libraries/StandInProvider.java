// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;

/** The provider with libraries that the JVM device can call; found by the ServiceLoader. */
public final class StandInProvider extends NvidiaProvider {
  /** Its name. */
  public static final String NAME = "stand-in";

  static final StandIn LIBRARIES = new StandIn();

  /** For the ServiceLoader. */
  public StandInProvider() {
    this(LIBRARIES.libraries());
  }

  private StandInProvider(NvidiaLibraries libraries) {
    super(() -> libraries);
  }

  /**
   * Has cuBLAS compute wrongly, or fail.
   *
   * @param factor of every product, 1 for right ones
   * @param status of every call, 0 for success
   */
  public static void misbehave(float factor, int status) {
    LIBRARIES.cublas.factor = factor;
    LIBRARIES.cublas.answer = status;
  }

  @Override
  public String libraryName() {
    return NAME;
  }

  @Override
  public boolean canHandle(TornadoXPUDevice device) {
    return true;
  }

  @Override
  public LibraryContext createContext(TornadoXPUDevice device, long executionPlanId) {
    return context(StandInDriver.CONTEXT, StandInDriver.STREAM);
  }
}
