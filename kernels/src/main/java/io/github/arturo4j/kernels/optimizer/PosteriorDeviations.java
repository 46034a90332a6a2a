// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import java.util.List;
import java.util.Optional;

/** The standard deviations of a model's weights in their posterior, of the precisions that an optimizer has left. */
public final class PosteriorDeviations {
  private PosteriorDeviations() {}

  /**
   * 1/√λ of each weight with the posterior's λ, see {@link PosteriorScale}; 0 of frozen ones, which are what they are.
   *
   * @param config of the optimizer
   * @param overrides of which a tensor has the first that it matches, as in {@link GroupOverride#optimizer}
   * @param precision of each weight, as {@link Optimizer#precision} tells it
   * @param examples that the model was trained on
   * @throws IllegalArgumentException if the optimizer has no posterior, or a precision is none; one line
   */
  public static float[] of(
      OptimizerConfig config, List<GroupOverride> overrides, List<ParameterSlice> slices, float[] precision, long examples) {
    float[] deviations = new float[precision.length];
    for (ParameterSlice slice : slices) {
      Optional<GroupOverride> override =
          overrides.stream().filter(each -> ParameterPattern.of(each.parameters()).test(slice)).findFirst();
      if (override.filter(GroupOverride::frozen).isEmpty()) {
        PosteriorScale scale = scale(override.map(each -> each.configure(config)).orElse(config));
        for (int i = slice.offset(); i < slice.offset() + slice.size(); i++) {
          deviations[i] = (float) (1 / Math.sqrt(scale.posterior(finite(slice, precision[i]), examples)));
        }
      }
    }
    return deviations;
  }

  private static PosteriorScale scale(OptimizerConfig config) {
    return config.posterior()
        .orElseThrow(
            () -> new IllegalArgumentException(
                "optimizer " + config.label()
                    + " has no posterior; train with one that keeps Gaussians: arturo, its regWeight positive, or ivon"));
  }

  private static float finite(ParameterSlice slice, float precision) {
    if (!Float.isFinite(precision)) {
      throw new IllegalArgumentException("a precision of '" + slice.name() + "' is " + precision);
    }
    return precision;
  }
}
