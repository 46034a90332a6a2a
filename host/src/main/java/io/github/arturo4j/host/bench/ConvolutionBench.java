// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.Pass;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Times every different convolution of the models, forward and backward, beside the speed of a large matrix product on
 * the same device.
 */
public final class ConvolutionBench {
  private static final int RUNS = 15;

  private ConvolutionBench() {}

  /** Runs and prints, with the times of {@code peer} if it is not null. */
  public static void run(Devices.Entry device, int batch, PyTorch peer, PrintWriter out) {
    out.printf("%s, %s, batch of %d%n", device.name(), LinearAlgebra.of(device.traits()).name(), batch);
    LayerBench bench = new LayerBench(device);
    LayerCase square = LayerCases.square();
    out.printf(
        Locale.ROOT, "product of 1024×1024 matrices: %.1f GFLOP/s%n",
        bench.time(square, Pass.forward, Effort.runs(RUNS)).billions(square.flops()));
    out.print("                                                                ms                    GFLOP/s");
    out.println(peer == null ? "" : "             PyTorch's time by ours");
    out.print("convolution                                     forward   input weights     forward   input weights");
    out.println(peer == null ? "" : "     forward   input weights");
    for (LayerCase layer : LayerCases.convolutions(batch)) {
      print(bench.measure(layer, SideBySide.ROUNDS, Effort.runs(RUNS), peer), out);
    }
  }

  private static void print(LayerSpeed speed, PrintWriter out) {
    print(speed.name() + ", " + speed.sizes(), speed, pass -> pass.times().medianSeconds(), out);
    out.println();
    if (speed.pass(Pass.forward).pytorchSeconds() != null) {
      print("  PyTorch", speed, PassSpeed::pytorchSeconds, out);
      out.print("    ");
      speed.passes().forEach(pass -> out.printf(Locale.ROOT, " %7.2f", pass.pytorchByOurs()));
      out.println();
    }
    out.flush();
  }

  private static void print(String what, LayerSpeed speed, ToDoubleFunction<PassSpeed> seconds, PrintWriter out) {
    out.printf("%-46s", what);
    speed.passes().forEach(pass -> out.printf(Locale.ROOT, " %8.2f", seconds.applyAsDouble(pass) * 1e3));
    out.print("    ");
    speed.passes().forEach(pass -> out.printf(Locale.ROOT, " %7.1f", pass.flops() / seconds.applyAsDouble(pass) * 1e-9));
  }
}
