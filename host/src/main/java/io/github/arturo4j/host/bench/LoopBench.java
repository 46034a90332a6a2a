// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Times loop kernels beside the same loops over bare {@code float[]} in plain Java, on as many threads as the machine
 * has processors: what TornadoVM's arrays and graphs cost on this device.
 */
public final class LoopBench {
  private static final int SIZE = 10_000_000;
  private static final float STEP = 0.3f;
  private static final float FLOOR = 1e-3f;
  private static final float WEIGHT = 1.36f;
  private static final float NU = 1.3f;

  private LoopBench() {}

  /** y += a·x. */
  static void axpy(FloatArray x, FloatArray y, float a, int n) {
    for (@Parallel int i = 0; i < n; i++) {
      y.set(i, y.get(i) + a * x.get(i));
    }
  }

  /** The Gaussian update, see arTuRO: μ −= (hμ + l)/(ĥ + ηλ), λ = (ĥ + νλ)/(w + ν). */
  static void update(FloatArray mean, FloatArray precision, FloatArray linear, FloatArray curvature, int n) {
    for (@Parallel int i = 0; i < n; i++) {
      float m = mean.get(i);
      float h = curvature.get(i);
      float floored = Math.max(h, FLOOR);
      float lambda = precision.get(i);
      mean.set(i, m - (h * m + linear.get(i)) / (floored + STEP * lambda));
      precision.set(i, (floored + NU * lambda) / WEIGHT);
    }
  }

  private static void axpy(float[] x, float[] y, float a, int from, int to) {
    for (int i = from; i < to; i++) {
      y[i] += a * x[i];
    }
  }

  private static void update(float[] mean, float[] precision, float[] linear, float[] curvature, int from, int to) {
    for (int i = from; i < to; i++) {
      float m = mean[i];
      float h = curvature[i];
      float floored = Math.max(h, FLOOR);
      float lambda = precision[i];
      mean[i] = m - (h * m + linear[i]) / (floored + STEP * lambda);
      precision[i] = (floored + NU * lambda) / WEIGHT;
    }
  }

  /** Runs and prints. */
  public static void run(Devices.Entry device, PrintWriter out) {
    out.printf("%s beside plain Java, %,d elements%n", device.name(), SIZE);
    out.println("loop                ms      GB/s    plain ms    GB/s    times plain");
    FloatArray[] arrays = new FloatArray[4];
    float[][] bare = new float[4][];
    for (int k = 0; k < 4; k++) {
      bare[k] = new float[SIZE];
      java.util.Arrays.fill(bare[k], 0.5f);
      arrays[k] = FloatArray.fromArray(bare[k]);
    }
    KernelGraph axpy = new KernelGraph("axpy", device.device()).once(arrays[0], arrays[1]).result(arrays[1]);
    axpy.add(g -> g.task("axpy", LoopBench::axpy, arrays[0], arrays[1], 1e-9f, SIZE));
    print(out, "axpy", 3, seconds(axpy), split(t -> axpy(bare[0], bare[1], 1e-9f, cut(t), cut(t + 1))));
    KernelGraph update = new KernelGraph("update", device.device());
    update.once((Object[]) arrays).result(arrays[0], arrays[1]);
    update.add(g -> g.task("update", LoopBench::update, arrays[0], arrays[1], arrays[2], arrays[3], SIZE));
    print(out, "Gaussian update", 6, seconds(update),
        split(t -> update(bare[0], bare[1], bare[2], bare[3], cut(t), cut(t + 1))));
  }

  private static int threads() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static int cut(int thread) {
    return (int) ((long) SIZE * thread / threads());
  }

  private static double split(IntConsumer body) {
    return Timing.median(21, () -> IntStream.range(0, threads()).parallel().forEach(body));
  }

  private static double seconds(KernelGraph graph) {
    try (GraphPlan plan = graph.plan()) {
      return Timing.median(21, plan::execute);
    }
  }

  private static void print(PrintWriter out, String name, int arraysMoved, double seconds, double plain) {
    double bytes = 4.0 * arraysMoved * SIZE;
    out.printf(
        Locale.ROOT, "%-16s %6.2f  %8.1f  %10.2f  %6.1f  %13.2f%n",
        name, seconds * 1e3, bytes / seconds * 1e-9, plain * 1e3, bytes / plain * 1e-9, seconds / plain);
    out.flush();
  }
}
