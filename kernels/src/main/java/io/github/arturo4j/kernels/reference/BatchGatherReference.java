// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

/** Collects a batch from a data set of bytes: what {@link io.github.arturo4j.kernels.nn.BatchGather} is compared with. */
public final class BatchGatherReference {
  private BatchGatherReference() {}

  /** Row b is image indices[b] divided by 255; rows from {@code count} on are 0. */
  public static double[] gather(byte[] pixels, int[] indices, int count, int size) {
    double[] x = new double[indices.length * size];
    for (int i = 0; i < count * size; i++) {
      x[i] = Byte.toUnsignedInt(pixels[indices[i / size] * size + i % size]) / 255.0;
    }
    return x;
  }
}
