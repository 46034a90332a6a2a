// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.bench.LayerCase;
import io.github.arturo4j.host.bench.LayerSpeed;
import io.github.arturo4j.host.bench.PassSpeed;
import io.github.arturo4j.kernels.device.Cut;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.linalg.CutCandidates;
import io.github.arturo4j.kernels.linalg.Pass;
import io.github.arturo4j.kernels.linalg.Product;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LayerPartsTest {
  private static final LayerCase LAYER = new LayerCase.Linear("small", 16, 24, 32, true);
  private static final Devices.Entry DEVICE = Devices.find(null);

  private static List<PassSpeed> measure(Devices.Entry device, ProductCuts tuned) {
    List<LayerSpeed> found = new ArrayList<>();
    try (Peer none = new Peer(null, device, new Findings())) {
      new LayerParts(device, tuned, none).items(List.of(LAYER), found::add).forEach(item -> item.measurement().accept(0.1));
    }
    return found.getFirst().passes();
  }

  @Test
  void aTunedCutStandsBesideThatOfTheRule() {
    Devices.Entry tiled = DEVICE.with(DEVICE.traits().in(KernelShape.GROUPS));
    Product forward = LAYER.product(Pass.forward);
    Product input = LAYER.product(Pass.input);
    Cut rule = CutCandidates.byRule(forward, tiled.traits().cutRule());
    Cut other = new Cut(1, 2, 1, 1);
    assertThat(other).isNotEqualTo(rule);
    Map<String, Cut> cuts = Map.of(forward.key(), other, input.key(), CutCandidates.byRule(input, tiled.traits().cutRule()));
    List<PassSpeed> passes = measure(tiled, ProductCuts.of(cuts));
    assertThat(passes.getFirst().way()).isEqualTo("rule " + rule);
    assertThat(passes.getFirst().others()).containsOnlyKeys("tuned 1x2x1x1");
    assertThat(passes.get(1).way()).startsWith("rule ");
    assertThat(passes.get(1).others()).isEmpty();
    assertThat(passes.get(2).way()).isNull();
    assertThat(passes).allSatisfy(pass -> assertThat(pass.gigaflopsPerSecond()).isPositive());
  }

  @Test
  void whereNothingIsTunedThereIsOneWay() {
    assertThat(measure(DEVICE, ProductCuts.NONE)).hasSize(3).allSatisfy(pass -> {
      assertThat(pass.way()).isNull();
      assertThat(pass.others()).isEmpty();
    });
  }
}
