// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import java.io.PrintWriter;
import java.util.Locale;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Times the heavy tasks of fmnist_cnn at its batch size, and a product of 1024×1024 matrices. */
public final class GemmBench {
  private static final int BATCH = 255;
  private static final int SQUARE = 1024;

  private final Devices.Entry device;
  private final PrintWriter out;

  private GemmBench(Devices.Entry device, PrintWriter out) {
    this.device = device;
    this.out = out;
  }

  /** Adds one layer's task to a graph. */
  private interface Layer {
    void add(LinearAlgebra algebra, KernelGraph graph, FloatArray x, FloatArray w, FloatArray y);
  }

  /** Runs and prints. */
  public static void run(Devices.Entry device, PrintWriter out) {
    GemmBench bench = new GemmBench(device, out);
    out.printf("%s, %s%n", device.name(), LinearAlgebra.of(device.traits()).name());
    out.println("task                                 ms  GFLOP/s");
    bench.linear("1024×1024×1024", SQUARE, SQUARE, SQUARE);
    bench.convolution("conv 1→32", new ConvolutionShape(BATCH, 1, 28, 28, 32, 3, 1, 0));
    bench.convolution("conv 32→64", new ConvolutionShape(BATCH, 32, 13, 13, 64, 3, 1, 0));
    bench.convolution("conv 64→128", new ConvolutionShape(BATCH, 64, 5, 5, 128, 3, 1, 0));
    bench.linear("linear 1152→256", BATCH, 1152, 256);
    bench.linear("linear 256→10", BATCH, 256, 10);
  }

  private void linear(String name, int batch, int in, int outSize) {
    double flop = 2.0 * batch * in * outSize;
    int xs = batch * in;
    int ws = in * outSize + outSize;
    int ys = batch * outSize;
    time(name + " forward", flop, xs, ws, ys, (a, g, x, w, y) ->
        a.linearForward(g, "t", x, w, 0, in * outSize, y, batch, in, outSize, true));
    time(name + " backward input", flop, xs, ws, ys, (a, g, x, w, y) ->
        a.linearBackwardInput(g, "t", y, w, 0, x, batch, in, outSize));
    time(name + " backward weights", flop, xs, ws, ys, (a, g, x, w, y) ->
        a.linearBackwardParameters(g, "t", x, y, w, 0, in * outSize, batch, in, outSize));
  }

  private void convolution(String name, ConvolutionShape s) {
    double flop = 2.0 * s.outputSize() * s.patch();
    int ws = s.weightSize() + s.outChannels();
    time(name + " forward", flop, s.inputSize(), ws, s.outputSize(), (a, g, x, w, y) ->
        a.convolutionForward(g, "t", x, w, 0, s.weightSize(), y, s, true));
    time(name + " backward input", flop, s.inputSize(), ws, s.outputSize(), (a, g, x, w, y) ->
        a.convolutionBackwardInput(g, "t", y, w, 0, x, s));
    time(name + " backward weights", flop, s.inputSize(), ws, s.outputSize(), (a, g, x, w, y) ->
        a.convolutionBackwardParameters(g, "t", x, y, w, 0, s.weightSize(), s));
  }

  private void time(String name, double flop, int xs, int ws, int ys, Layer layer) {
    FloatArray x = filled(xs);
    FloatArray w = filled(ws);
    FloatArray y = filled(ys);
    KernelGraph graph = new KernelGraph("bench", device.device()).once(x, w, y);
    layer.add(LinearAlgebra.of(device.traits()), graph, x, w, y);
    try (GraphPlan plan = graph.plan()) {
      double seconds = Timing.median(21, plan::execute);
      out.printf(Locale.ROOT, "%-32s %7.2f  %7.1f%n", name, seconds * 1e3, flop / seconds * 1e-9);
      out.flush();
    }
  }

  private static FloatArray filled(int n) {
    FloatArray array = new FloatArray(n);
    for (int i = 0; i < n; i++) {
      array.set(i, (i % 17 - 8) * 0.01f);
    }
    return array;
  }
}
