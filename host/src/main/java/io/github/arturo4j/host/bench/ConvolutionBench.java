// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Times every different convolution of the models, forward and backward, beside the speed of a large matrix product on
 * the same device. The operations are counted as if padding were pixels, as all counts of convolutions do.
 */
public final class ConvolutionBench {
  private static final int SQUARE = 1024;
  private static final int RUNS = 15;

  private final Devices.Entry device;
  private final LinearAlgebra algebra;
  private final PyTorch peer;
  private final PrintWriter out;

  private ConvolutionBench(Devices.Entry device, PyTorch peer, PrintWriter out) {
    this.device = device;
    this.peer = peer;
    this.out = out;
    algebra = LinearAlgebra.of(device.traits());
  }

  /** The convolutions, by where they are: ResNets on Fashion-MNIST, whose stem is pooled to 7×7, and the CNNs. */
  private static Map<String, ConvolutionShape> shapes(int batch) {
    Map<String, ConvolutionShape> shapes = new LinkedHashMap<>();
    shapes.put("resnet stem", square(batch, 1, 28, 64, 7, 2, 3));
    int in = 64;
    int size = 7;
    for (int layer = 1; layer <= 4; layer++) {
      int channels = 32 << layer;
      if (layer > 1) {
        ConvolutionShape first = square(batch, in, size, channels, 3, 2, 1);
        shapes.put("resnet layer" + layer + " shortcut", square(batch, in, size, channels, 1, 2, 0));
        shapes.put("resnet layer" + layer + " first", first);
        size = first.outHeight();
      }
      shapes.put("resnet layer" + layer, square(batch, channels, size, channels, 3, 1, 1));
      in = channels;
    }
    shapes.put("cifar_cnn 1", square(batch, 3, 32, 32, 3, 1, 1));
    shapes.put("cifar_cnn 2", square(batch, 32, 16, 64, 3, 1, 1));
    shapes.put("cifar_cnn 3", square(batch, 64, 8, 128, 3, 1, 1));
    shapes.put("cifar_cnn 4", square(batch, 128, 4, 256, 3, 1, 1));
    shapes.put("fmnist_cnn 1", square(batch, 1, 28, 32, 3, 1, 0));
    shapes.put("fmnist_cnn 2", square(batch, 32, 13, 64, 3, 1, 0));
    shapes.put("fmnist_cnn 3", square(batch, 64, 5, 128, 3, 1, 0));
    return shapes;
  }

  private static ConvolutionShape square(
      int batch, int in, int size, int outChannels, int kernel, int stride, int padding) {
    return new ConvolutionShape(batch, in, size, size, outChannels, kernel, stride, padding);
  }

  /** Runs and prints, with the times of {@code peer} if it is not null. */
  public static void run(Devices.Entry device, int batch, PyTorch peer, PrintWriter out) {
    ConvolutionBench bench = new ConvolutionBench(device, peer, out);
    out.printf("%s, %s, batch of %d%n", device.name(), bench.algebra.name(), batch);
    bench.matrixProduct();
    out.print("                                                                ms                    GFLOP/s");
    out.println(peer == null ? "" : "             PyTorch's time by ours");
    out.print("convolution                                     forward   input weights     forward   input weights");
    out.println(peer == null ? "" : "     forward   input weights");
    shapes(batch).forEach(bench::convolution);
  }

  private void matrixProduct() {
    FloatArray x = filled(SQUARE * SQUARE);
    FloatArray w = filled(SQUARE * SQUARE + SQUARE);
    FloatArray y = filled(SQUARE * SQUARE);
    double seconds =
        seconds(
            g -> algebra.linearForward(g, "t", x, w, 0, SQUARE * SQUARE, y, SQUARE, SQUARE, SQUARE, false), x, w, y);
    out.printf(Locale.ROOT, "product of %d×%d matrices: %.1f GFLOP/s%n", SQUARE, SQUARE,
        2.0 * SQUARE * SQUARE * SQUARE / seconds * 1e-9);
  }

  private void convolution(String name, ConvolutionShape s) {
    FloatArray x = filled(s.inputSize());
    FloatArray w = filled(s.weightSize());
    FloatArray y = filled(s.outputSize());
    int bias = LinearAlgebra.NO_BIAS;
    SideBySide times =
        SideBySide.measure(
            () -> new double[] {
              seconds(g -> algebra.convolutionForward(g, "t", x, w, 0, bias, y, s, false), x, w, y),
              seconds(g -> algebra.convolutionBackwardInput(g, "t", y, w, 0, x, s), x, w, y),
              seconds(g -> algebra.convolutionBackwardParameters(g, "t", x, y, w, 0, bias, s), x, w, y)
            },
            peer,
            new Work.Convolution(s, RUNS));
    double flop = 2.0 * s.outputSize() * s.patch();
    String what =
        "%s, %d→%d, %d×%d/%d, %d×%d".formatted(
            name, s.inChannels(), s.outChannels(), s.kernel(), s.kernel(), s.stride(), s.inHeight(), s.inWidth());
    print(what, times.ours(), flop);
    out.println();
    if (peer != null) {
      print("  PyTorch", times.theirs(), flop);
      out.print("    ");
      IntStream.range(0, 3).forEach(part -> out.printf(Locale.ROOT, " %7.2f", times.ratio(part)));
      out.println();
    }
    out.flush();
  }

  private void print(String what, double[] seconds, double flop) {
    out.printf("%-46s", what);
    Arrays.stream(seconds).forEach(t -> out.printf(Locale.ROOT, " %8.2f", t * 1e3));
    out.print("    ");
    Arrays.stream(seconds).forEach(t -> out.printf(Locale.ROOT, " %7.1f", flop / t * 1e-9));
  }

  private double seconds(Consumer<KernelGraph> task, Object... arrays) {
    KernelGraph graph = new KernelGraph("bench", device.device()).once(arrays);
    task.accept(graph);
    try (GraphPlan plan = graph.plan()) {
      return Timing.median(RUNS, plan::execute);
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
