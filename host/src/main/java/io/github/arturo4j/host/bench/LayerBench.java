// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.linalg.Pass;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Times the products of layers on a device.
 *
 * @param device that computes
 * @param traits what its kernels are chosen for
 */
public record LayerBench(Devices.Entry device, DeviceTraits traits) {
  private static final int MAX_RUNS = 15;

  /** Of a device as it is. */
  public LayerBench(Devices.Entry device) {
    this(device, device.traits());
  }

  /** The times of a product. */
  public Times time(LayerCase layer, Pass pass, Effort effort) {
    FloatArray x = filled(layer.inputs());
    FloatArray w = filled(layer.weights());
    FloatArray y = filled(layer.outputs());
    KernelGraph graph = new KernelGraph("bench", device.device(), traits).once(x, w, y);
    layer.addTo(graph, pass, LinearAlgebra.of(traits), x, w, y);
    try (GraphPlan plan = graph.plan()) {
      return Timing.measure(effort, plan::execute);
    }
  }

  /**
   * The times of a layer's three products, beside PyTorch's.
   *
   * @param rounds turns of each side, the faster of which counts
   * @param effort of each product in each turn
   * @param peer null for none
   * @throws PyTorchException if that fails
   */
  public LayerSpeed measure(LayerCase layer, int rounds, Effort effort, PyTorch peer) {
    SideBySide times =
        SideBySide.measure(
            rounds, () -> Arrays.stream(Pass.values()).map(pass -> time(layer, pass, effort)).toList(), peer,
            layer.work(effort.peerRuns(MAX_RUNS)));
    List<PassSpeed> passes =
        Arrays.stream(Pass.values())
            .map(pass -> PassSpeed.of(pass, layer.flops(), times.ours().get(pass.ordinal()), times.theirs(pass.ordinal())))
            .toList();
    return new LayerSpeed(layer.name(), layer.sizes(), passes);
  }

  private static FloatArray filled(int n) {
    FloatArray array = new FloatArray(n);
    for (int i = 0; i < n; i++) {
      array.set(i, (i % 17 - 8) * 0.01f);
    }
    return array;
  }
}
