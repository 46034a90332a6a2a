// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import io.github.arturo4j.models.layer.GroupNorm;
import io.github.arturo4j.models.layer.LayerNorm;
import java.util.List;

/** What normalisations become. */
final class NormExport {
  private static final Attribute EPSILON = Attribute.real("epsilon", 1e-5);

  private NormExport() {}

  /** With the running statistics. */
  static String batch(LayerSite site) {
    return site.node(
        "BatchNormalization",
        List.of(
            site.parameter("weight"), site.parameter("bias"), site.buffer("running_mean"), site.buffer("running_var")),
        EPSILON);
  }

  static String group(GroupNorm layer, LayerSite site) {
    return site.node(
        "GroupNormalization", site.weightAndBias(), EPSILON, Attribute.integer("num_groups", layer.groups()));
  }

  static String layer(LayerNorm layer, LayerSite site) {
    int dimensions = layer.dimensions() == 0 ? site.shape().rank() : layer.dimensions();
    return site.node("LayerNormalization", site.weightAndBias(), EPSILON, Attribute.integer("axis", -dimensions));
  }
}
