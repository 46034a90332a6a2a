// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import io.github.arturo4j.models.layer.MultiHeadAttention;
import io.github.arturo4j.models.layer.PositionalEmbedding;
import io.github.arturo4j.models.layer.SinusoidalPositions;
import java.util.List;
import java.util.Optional;

/** What layers of sequences become: embeddings, positions and attentions. */
final class SequenceExport {
  private SequenceExport() {}

  static String embedding(LayerSite site) {
    return site.of("Gather", List.of(site.parameter("weight"), site.value()));
  }

  static String positions(PositionalEmbedding layer, LayerSite site) {
    String table = site.parameter("weight");
    int positions = site.shape().channels();
    return site.node(
        "Add",
        List.of(
            positions == layer.maxPositions()
                ? table
                : site.of("Slice", List.of(table, site.integers(0), site.integers(positions), site.integers(0)))));
  }

  static String sinusoidalPositions(LayerSite site) {
    int positions = site.shape().channels();
    int dimensions = site.shape().last();
    float[] table = new float[positions * dimensions];
    for (int i = 0; i < table.length; i++) {
      table[i] = (float) SinusoidalPositions.value(i / dimensions, i % dimensions, dimensions);
    }
    return site.node("Add", List.of(site.floats(table, positions, dimensions)));
  }

  /** Of ordinary operators: what ONNX calls Attention, runtimes of before 2025 do not have. */
  static String attention(MultiHeadAttention layer, LayerSite site) {
    int positions = site.shape().channels();
    int dimensions = site.shape().last();
    int ofHead = dimensions / layer.heads();
    String all = site.reshape(linear(site, site.input(), "c_attn"), positions, 3, layer.heads(), ofHead);
    String parts = site.of("Transpose", List.of(all), Attribute.integers("perm", 2, 0, 3, 1, 4));
    String keys = site.of("Transpose", List.of(part(site, parts, 1)), Attribute.integers("perm", 0, 1, 3, 2));
    String scores = site.of("MatMul", List.of(part(site, parts, 0), keys));
    String scaled = site.of("Mul", List.of(scores, site.number(1 / Math.sqrt(ofHead))));
    String masked = layer.causal() ? site.of("Add", List.of(scaled, mask(site, positions))) : scaled;
    String weights = site.of("Softmax", List.of(masked), Attribute.integer("axis", -1));
    String heads = site.of("MatMul", List.of(weights, part(site, parts, 2)));
    String mixed = site.of("Transpose", List.of(heads), Attribute.integers("perm", 0, 2, 1, 3));
    return linear(site, site.reshape(mixed, positions, dimensions), "c_proj");
  }

  private static String linear(LayerSite site, String x, String name) {
    return LinearExport.product(
        site, x, 2, site.parameter(name + ".weight"), Optional.of(site.parameter(name + ".bias")));
  }

  /** Queries, keys or values, [batch, heads, positions, dimensions of a head]: 0, 1 or 2. */
  private static String part(LayerSite site, String parts, int number) {
    return site.of("Gather", List.of(parts, site.integer(number)));
  }

  /** −∞ above the diagonal, 0 elsewhere, [positions, positions]: made by the runtime, not in the file. */
  private static String mask(LayerSite site, int positions) {
    return site.graph().shared(
        "mask of " + positions,
        () -> {
          String all =
              site.of("Expand", List.of(site.number(Double.NEGATIVE_INFINITY), site.integers(positions, positions)));
          return site.of("Trilu", List.of(all, site.integer(1)), Attribute.integer("upper", 1));
        });
  }
}
