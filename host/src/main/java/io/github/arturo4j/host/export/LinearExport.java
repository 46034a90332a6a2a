// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import io.github.arturo4j.models.layer.TiedLinear;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What linear layers become: a Gemm of vectors, a MatMul of more. */
final class LinearExport {
  private LinearExport() {}

  static String linear(LayerSite site) {
    return product(
        site, site.input(), site.shape().rank(), site.parameter("weight"),
        site.parameterIfAny("bias").map(site.graph()::tensor));
  }

  static String tied(TiedLinear layer, LayerSite site) {
    return product(
        site, site.input(), site.shape().rank(), site.graph().tensor(layer.tensor()), Optional.empty());
  }

  /** x Wᵀ + b over the last of {@code rank} sizes, the batch's not counted. */
  static String product(LayerSite site, String x, int rank, String weight, Optional<String> bias) {
    if (rank == 1) {
      List<String> values = new ArrayList<>(List.of(x, weight));
      bias.ifPresent(values::add);
      return site.of("Gemm", values, Attribute.integer("transB", 1));
    }
    String transposed =
        site.graph().shared(
            "transposed " + weight, () -> site.of("Transpose", List.of(weight), Attribute.integers("perm", 1, 0)));
    String product = site.of("MatMul", List.of(x, transposed));
    return bias.map(b -> site.of("Add", List.of(product, b))).orElse(product);
  }
}
