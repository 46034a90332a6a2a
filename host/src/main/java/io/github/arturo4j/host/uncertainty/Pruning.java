// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import io.github.arturo4j.kernels.optimizer.ParameterSlice;
import io.github.arturo4j.models.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Sets the weights of a network to zero that matter least: of convolutions, linear maps and embeddings, all together. Biases, the
 * parameters of normalisations and what was frozen stay.
 *
 * @param weights of the network
 * @param deviations of the weights in their posterior; null if they have none, for {@link Criterion#MAGNITUDE} alone
 */
public record Pruning(List<ParameterSlice> slices, Weights weights, float[] deviations) {
  /** By what a weight is judged. */
  public enum Criterion {
    /** |μ|/σ, the signal-to-noise ratio of its Gaussian (Graves, NIPS 2011; Blundell et al., ICML 2015, arXiv 1505.05424). */
    SIGNAL_TO_NOISE("|μ|/σ"),

    /** |μ|, its size. */
    MAGNITUDE("|μ|");

    private final String symbol;

    Criterion(String symbol) {
      this.symbol = symbol;
    }

    /** The formula. */
    public String symbol() {
      return symbol;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** Weights that can be removed. */
  public int candidates() {
    return slices.stream().filter(Pruning::isWeight).mapToInt(this::candidates).sum();
  }

  private int candidates(ParameterSlice slice) {
    int count = 0;
    for (int i = slice.offset(); i < slice.offset() + slice.size(); i++) {
      count += isFree(i) ? 1 : 0;
    }
    return count;
  }

  private static boolean isWeight(ParameterSlice slice) {
    return !slice.norm() && !slice.bias();
  }

  /** Whether it was trained. */
  private boolean isFree(int index) {
    return deviations == null || deviations[index] > 0;
  }

  /**
   * The weights without a share of the candidates, those of the least value first, of equal ones the first in the network.
   *
   * @param share from 0 to 1
   * @throws IllegalArgumentException if it is not, or the posterior is asked for and there is none; one line
   */
  public Weights without(double share, Criterion by) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("the share of weights to remove is " + share + "; it must be from 0 to 1");
    }
    if (by == Criterion.SIGNAL_TO_NOISE && deviations == null) {
      throw new IllegalArgumentException("without a posterior weights have no " + by.symbol() + "; prune by " + Criterion.MAGNITUDE);
    }
    float[] values = weights.parameters();
    long[] order = new long[candidates()];
    int at = 0;
    for (ParameterSlice slice : slices) {
      for (int i = slice.offset(); isWeight(slice) && i < slice.offset() + slice.size(); i++) {
        if (isFree(i)) {
          float value = Math.abs(values[i]) / (by == Criterion.MAGNITUDE ? 1 : deviations[i]);
          order[at++] = (long) Float.floatToIntBits(value) << Integer.SIZE | i; // bits of floats ≥ 0 are in their order
        }
      }
    }
    Arrays.sort(order);
    float[] pruned = values.clone();
    for (int k = 0; k < Math.round(share * order.length); k++) {
      pruned[(int) order[k]] = 0;
    }
    return new Weights(pruned, weights.buffers());
  }
}
