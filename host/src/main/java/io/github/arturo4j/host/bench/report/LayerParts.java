// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import io.github.arturo4j.host.autotune.CutsFile;
import io.github.arturo4j.host.bench.Effort;
import io.github.arturo4j.host.bench.LayerBench;
import io.github.arturo4j.host.bench.LayerCase;
import io.github.arturo4j.host.bench.LayerSpeed;
import io.github.arturo4j.host.bench.PassSpeed;
import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.linalg.CutCandidates;
import io.github.arturo4j.kernels.linalg.Pass;
import io.github.arturo4j.kernels.linalg.Product;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Products and convolutions: as the device makes them, in other ways where it has several, and beside PyTorch. */
final class LayerParts {
  private static final int PASSES = Pass.values().length;

  private final Devices.Entry device;
  private final Peer peer;
  private final ProductCuts tuned;

  /**
   * Of a device.
   *
   * @param cuts what was tuned for it
   */
  LayerParts(Devices.Entry device, ProductCuts cuts, Peer peer) {
    this.device = device;
    this.peer = peer;
    tuned = device.traits().tiles() ? cuts : ProductCuts.NONE;
  }

  /** The cuts that are kept for a device; none where its products are not cut. */
  static ProductCuts kept(Devices.Entry device) {
    return device.traits().tiles() ? CutsFile.of(device).read() : ProductCuts.NONE;
  }

  /** Their measurements. */
  List<Item> items(List<LayerCase> layers, Consumer<LayerSpeed> found) {
    return layers.stream()
        .map(layer -> new Item(layer.name() + ", " + layer.sizes(), seconds -> found.accept(measure(layer, seconds))))
        .toList();
  }

  private LayerSpeed measure(LayerCase layer, double seconds) {
    int ways = 1 + (peer.isThere() ? 1 : 0) + (device.traits().libraries().isPresent() ? 1 : 0) + (tuned.cuts().isEmpty() ? 0 : 1);
    Effort effort = Effort.within(seconds / (ways * PASSES));
    LayerSpeed speed = peer.measure(pytorch -> new LayerBench(device).measure(layer, 1, effort, pytorch));
    List<PassSpeed> passes = speed.passes().stream().map(pass -> beside(layer, pass, effort)).toList();
    return new LayerSpeed(speed.name(), speed.sizes(), passes);
  }

  private PassSpeed beside(LayerCase layer, PassSpeed pass, Effort effort) {
    if (device.traits().libraries().isPresent()) {
      LayerBench kernels = new LayerBench(device, DeviceTraits.of(device.device()));
      return pass.by("libraries").beside("kernels", kernels.time(layer, pass.pass(), effort));
    }
    Product product = layer.product(pass.pass());
    Optional<Cut> cut = tuned.find(product.key());
    if (cut.isEmpty()) {
      return pass;
    }
    Cut rule = CutCandidates.byRule(product, device.traits().cutRule());
    PassSpeed named = pass.by("rule " + rule);
    return cut.get().equals(rule)
        ? named
        : named.beside("tuned " + cut.get(), new LayerBench(device, device.traits().cut(tuned)).time(layer, pass.pass(), effort));
  }
}
