// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.choice;

import java.util.Locale;

/** What is to compute products and convolutions. */
public enum Products {
  /** NVIDIA's libraries where they can and compute right, else kernels. */
  AUTO,

  /** Kernels, and on the JVM device its own libraries. */
  KERNELS,

  /** NVIDIA's libraries, or nothing. */
  LIBRARIES;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
