// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import io.github.arturo4j.models.layer.GroupNorm;
import io.github.arturo4j.models.layer.LayerNorm;
import io.github.arturo4j.models.layer.LayerNorm2d;
import java.util.ArrayList;
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
    return site.node("LayerNormalization", site.weightAndBias(), epsilon(layer.epsilon()), Attribute.integer("axis", -dimensions));
  }

  /** Over the channels, which are the last size for that. */
  static String channels(LayerNorm2d layer, LayerSite site) {
    List<String> values = new ArrayList<>(List.of(ImageExport.channelsLast(site, site.input())));
    values.addAll(site.weightAndBias());
    String normal =
        site.of("LayerNormalization", values, epsilon(layer.epsilon()), Attribute.integer("axis", -1));
    return ImageExport.channelsFirst(site, normal);
  }

  private static Attribute epsilon(double epsilon) {
    return Attribute.real("epsilon", epsilon);
  }
}
