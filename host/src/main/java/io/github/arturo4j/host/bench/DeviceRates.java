// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.profile.DeviceModel;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.Pass;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Measures what a device can do at best: copies, a matrix product, a task that does next to nothing. */
public final class DeviceRates {
  /** Floats of a copy that no cache holds. */
  public static final int COPY_SIZE = 20_000_000;
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
    Effort effort = Effort.about(1);
    return new DeviceModel(copy(device, COPY_SIZE, effort).gigabytesPerSecond(), gemm(device, effort), launchMicros(device, effort));
  }

  /** A copy of so many floats within the device. */
  public static CopySpeed copy(Devices.Entry device, int size, Effort effort) {
    FloatArray from = filled(size);
    FloatArray to = new FloatArray(size);
    KernelGraph graph = new KernelGraph("copy", device.device()).once(from).result(to);
    String task = graph.task("copy");
    graph.add(g -> g.task(task, DeviceRates::copy, from, to, size));
    return new CopySpeed("within the device, read and written", 2L * size * Float.BYTES, times(graph, effort));
  }

  /** A copy of so many floats to the device, as one before each execution is; with that of a launch. */
  public static CopySpeed toDevice(Devices.Entry device, int size, Effort effort) {
    FloatArray x = filled(size);
    KernelGraph graph = new KernelGraph("upload", device.device()).everyTime(x).result(x);
    String task = graph.task("touch");
    graph.add(g -> g.task(task, DeviceRates::touch, x, SMALL));
    return new CopySpeed("from the host to the device", (long) size * Float.BYTES, times(graph, effort));
  }

  /** A copy of so many floats to the host, as a result that is asked for is. */
  public static CopySpeed toHost(Devices.Entry device, int size, Effort effort) {
    FloatArray x = filled(size);
    KernelGraph graph = new KernelGraph("download", device.device()).once(x).result(x);
    String task = graph.task("touch");
    graph.add(g -> g.task(task, DeviceRates::touch, x, SMALL));
    try (GraphPlan plan = graph.plan()) {
      TornadoExecutionResult result = plan.execute();
      Times times = Timing.measure(effort, () -> result.transferToHost(x));
      return new CopySpeed("from the device to the host", (long) size * Float.BYTES, times);
    }
  }

  /** 10⁹ operations a second of the device's linear algebra in a product of 1024×1024 matrices. */
  private static double gemm(Devices.Entry device, Effort effort) {
    LayerCase square = LayerCases.square();
    return new LayerBench(device).time(square, Pass.forward, effort).billions(square.flops());
  }

  /** Microseconds that one more task in a graph costs. */
  public static double launchMicros(Devices.Entry device, Effort effort) {
    double many = times(touches(device, 1 + LAUNCHES), effort).medianSeconds();
    return Math.max(0, many - times(touches(device, 1), effort).medianSeconds()) / LAUNCHES * 1e6;
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

  private static Times times(KernelGraph graph, Effort effort) {
    try (GraphPlan plan = graph.plan()) {
      return Timing.measure(effort, plan::execute);
    }
  }

  private static FloatArray filled(int n) {
    FloatArray array = new FloatArray(n);
    array.init(0.01f);
    return array;
  }
}
