// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.profile.DeviceModel;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Measures what a device can do at best: a copy, a matrix product, a task that does next to nothing. */
final class DeviceRates {
  private static final int COPY_SIZE = 20_000_000;
  private static final int SQUARE = 1024;
  private static final int LAUNCHES = 32;
  private static final int SMALL = 64;

  private DeviceRates() {}

  /** The kernel of the copy. */
  static void copy(FloatArray from, FloatArray to, int n) {
    for (@Parallel int i = 0; i < n; i++) {
      to.set(i, from.get(i));
    }
  }

  /** The kernel that does next to nothing. */
  static void touch(FloatArray x, int n) {
    for (@Parallel int i = 0; i < n; i++) {
      x.set(i, x.get(i) + 1f);
    }
  }

  /** All of it. */
  static DeviceModel measure(Devices.Entry device) {
    return new DeviceModel(copyBandwidth(device), gemm(device), launch(device));
  }

  /** 10⁹ bytes read and written a second by a copy of 20 million floats. */
  static double copyBandwidth(Devices.Entry device) {
    FloatArray from = filled(COPY_SIZE);
    FloatArray to = new FloatArray(COPY_SIZE);
    KernelGraph graph = new KernelGraph("copy", device.device()).once(from).result(to);
    String task = graph.task("copy");
    graph.add(g -> g.task(task, DeviceRates::copy, from, to, COPY_SIZE));
    return 2.0 * COPY_SIZE * Float.BYTES / seconds(graph) * 1e-9;
  }

  /** 10⁹ operations a second of the device's linear algebra in a product of 1024×1024 matrices. */
  private static double gemm(Devices.Entry device) {
    FloatArray x = filled(SQUARE * SQUARE);
    FloatArray w = filled(SQUARE * SQUARE + SQUARE);
    FloatArray y = new FloatArray(SQUARE * SQUARE);
    KernelGraph graph = new KernelGraph("gemm", device.device()).once(x, w).result(y);
    LinearAlgebra.of(device.traits())
        .linearForward(graph, "gemm", x, w, 0, SQUARE * SQUARE, y, SQUARE, SQUARE, SQUARE, false);
    return 2.0 * SQUARE * SQUARE * SQUARE / seconds(graph) * 1e-9;
  }

  /** Microseconds that one more task in a graph costs. */
  private static double launch(Devices.Entry device) {
    return Math.max(0, seconds(touches(device, 1 + LAUNCHES)) - seconds(touches(device, 1))) / LAUNCHES * 1e6;
  }

  private static KernelGraph touches(Devices.Entry device, int tasks) {
    FloatArray x = filled(SMALL);
    KernelGraph graph = new KernelGraph("touch" + tasks, device.device()).once(x).result(x);
    for (int i = 0; i < tasks; i++) {
      String task = graph.task("touch");
      graph.add(g -> g.task(task, DeviceRates::touch, x, SMALL));
    }
    return graph;
  }

  private static double seconds(KernelGraph graph) {
    try (GraphPlan plan = graph.plan()) {
      return Timing.medianWithin(1.0, plan::execute);
    }
  }

  private static FloatArray filled(int n) {
    FloatArray array = new FloatArray(n);
    array.init(0.01f);
    return array;
  }
}
