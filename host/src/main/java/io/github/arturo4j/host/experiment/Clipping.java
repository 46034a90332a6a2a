// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.kernels.optimizer.GradientClipping;

/**
 * Limits of a step's gradient, see {@link GradientClipping}.
 *
 * @param norm of all gradients; null for none
 * @param value of each gradient; null for none
 */
public record Clipping(
    @JsonInclude(JsonInclude.Include.NON_NULL) Double norm, @JsonInclude(JsonInclude.Include.NON_NULL) Double value) {
  /** Checks that there is a limit, and that it is one. */
  public Clipping {
    if (norm == null && value == null) {
      throw new IllegalArgumentException("clipping has no limit; give it norm (--clip-norm) or value (--clip-value)");
    }
    check("clipping.norm (--clip-norm)", norm);
    check("clipping.value (--clip-value)", value);
  }

  private static void check(String name, Double limit) {
    if (limit != null && !(limit >= Float.MIN_NORMAL && limit <= Float.MAX_VALUE)) {
      throw new IllegalArgumentException(
          name + " is " + limit + "; it must be from " + Float.MIN_NORMAL + " to " + Float.MAX_VALUE);
    }
  }

  /** The same as a plan takes it; for null, no limits. */
  public static GradientClipping of(Clipping clipping) {
    return clipping == null ? GradientClipping.NONE : new GradientClipping(or(clipping.norm), or(clipping.value));
  }

  private static double or(Double limit) {
    return limit == null ? Double.POSITIVE_INFINITY : limit;
  }
}
