// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.Execution;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** What a check of kernels needs: inputs, a device, and a list of the faults found. */
final class CheckContext {
  private final Execution device;
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<String> faults = new ArrayList<>();

  CheckContext(Execution device) {
    this.device = device;
  }

  /** Uploads the arrays, runs the tasks, and downloads the arrays. */
  void run(Consumer<KernelGraph> tasks, Object... arrays) {
    device.run(tasks, arrays);
  }

  /** n values, uniform in [−1, 1). */
  FloatArray values(int n) {
    FloatArray array = new FloatArray(n);
    for (int i = 0; i < n; i++) {
      array.set(i, (float) random.nextDouble(-1, 1));
    }
    return array;
  }

  /** n values as a ReLU puts them out: half of them 0, and many equal. */
  FloatArray rectified(int n) {
    FloatArray array = new FloatArray(n);
    for (int i = 0; i < n; i++) {
      array.set(i, Math.max(0, random.nextInt(-4, 5)) / 4f);
    }
    return array;
  }

  /** n values that no task must leave behind. */
  FloatArray garbage(int n) {
    FloatArray array = new FloatArray(n);
    array.init(Float.NaN);
    return array;
  }

  /** n whole numbers from 0 to {@code bound} − 1. */
  int[] integers(int n, int bound) {
    return random.ints(n, 0, bound).toArray();
  }

  /** A fault unless every value is within {@code tolerance} · (1 + |expected|). */
  void expect(String what, FloatArray actual, double[] expected, double tolerance) {
    Comparison.difference(what, Comparison.doubles(actual), expected, tolerance).ifPresent(faults::add);
  }

  /** A fault unless every value is as expected. */
  void expect(String what, IntArray actual, double[] expected) {
    Comparison.difference(what, Comparison.doubles(actual), expected, 0).ifPresent(faults::add);
  }

  /** A line for each fault. */
  List<String> faults() {
    return faults;
  }
}
