// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.kernels.KernelGraph;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.Execution;
import java.util.Random;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Runs tasks once on the first device, for tests. */
public final class Device {
  private Device() {}

  /** Uploads the arrays, runs the tasks, and downloads the arrays. */
  public static void run(Consumer<KernelGraph> tasks, Object... arrays) {
    Execution.on(Devices.find(null).device()).run(tasks, arrays);
  }

  /** Asserts that each value is within {@code tolerance} · (1 + |expected|) of the reference's. */
  public static void assertClose(FloatArray actual, double[] expected, double tolerance) {
    assertThat(actual.getSize()).isEqualTo(expected.length);
    assertThat(Comparison.difference("", Comparison.doubles(actual), expected, tolerance)).isEmpty();
  }

  /** Values that no task must leave behind. */
  public static FloatArray garbage(int size) {
    FloatArray array = new FloatArray(size);
    array.init(Float.NaN);
    return array;
  }

  /** Standard normal values. */
  public static FloatArray normal(int size, long seed) {
    Random random = new Random(seed);
    FloatArray array = new FloatArray(size);
    for (int i = 0; i < size; i++) {
      array.set(i, (float) random.nextGaussian());
    }
    return array;
  }
}
