// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import io.github.arturo4j.kernels.inspect.DeviceException;
import java.lang.foreign.SymbolLookup;

/** The functions of the CUDA driver, cuBLAS and cuDNN. */
public final class NvidiaLibraries {
  private final CudaDriver driver;
  private final Cublas cublas;
  private final Cudnn cudnn;

  /**
   * Those of libraries that have these symbols.
   *
   * @throws DeviceException if one lacks a function
   */
  public NvidiaLibraries(SymbolLookup driver, SymbolLookup cublas, SymbolLookup cudnn) {
    this.driver = new CudaDriver(driver);
    this.cublas = new Cublas(cublas);
    this.cudnn = new Cudnn(cudnn);
  }

  /**
   * Those of this process, loaded when they are first asked for.
   *
   * @throws DeviceException if one does not load; each time again
   */
  public static NvidiaLibraries loaded() {
    return Loaded.get();
  }

  private static final class Loaded {
    private static NvidiaLibraries libraries;

    static synchronized NvidiaLibraries get() {
      if (libraries == null) {
        libraries = LibraryLoader.current().load();
      }
      return libraries;
    }
  }

  /** Names and versions of the two libraries, for people. */
  public String versions() {
    return cublas.version() + " and " + cudnn.version();
  }

  CudaDriver driver() {
    return driver;
  }

  Cublas cublas() {
    return cublas;
  }

  Cudnn cudnn() {
    return cudnn;
  }
}
