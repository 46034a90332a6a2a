// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.Pass;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Times the heavy tasks of fmnist_cnn at its batch size, and a product of 1024×1024 matrices. */
public final class GemmBench {
  private static final int BATCH = 255;
  private static final int RUNS = 21;

  private GemmBench() {}

  /** Runs and prints. */
  public static void run(Devices.Entry device, PrintWriter out) {
    out.printf("%s, %s%n", device.name(), LinearAlgebra.of(device.traits()).name());
    out.println("task                                 ms  GFLOP/s");
    List<LayerCase> layers = new ArrayList<>(List.of(LayerCases.square()));
    layers.addAll(LayerCases.fmnistConvolutions(BATCH));
    layers.addAll(LayerCases.fmnistLinear(BATCH));
    LayerBench bench = new LayerBench(device);
    for (LayerCase layer : layers) {
      for (Pass pass : Pass.values()) {
        PassSpeed speed = PassSpeed.of(pass, layer.flops(), bench.time(layer, pass, Effort.runs(RUNS)), null);
        out.printf(
            Locale.ROOT, "%-32s %7.2f  %7.1f%n", layer.name() + " " + words(pass), speed.times().medianSeconds() * 1e3,
            speed.gigaflopsPerSecond());
        out.flush();
      }
    }
  }

  private static String words(Pass pass) {
    return switch (pass) {
      case forward -> "forward";
      case input -> "backward input";
      case parameters -> "backward weights";
    };
  }
}
