// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How a token is chosen of those that may come next.
 *
 * @param temperature that logits are divided by in front of the softmax: below 1 the likely ones become more likely; with 0 the
 *     likeliest is taken
 * @param topK so many of the likeliest are chosen of; 0 for all
 * @param seed the same choices for the same seed
 */
public record Sampling(double temperature, int topK, long seed) {
  /** Always the likeliest token. */
  public static final Sampling GREEDY = new Sampling(0, 0, 0);

  /** Checks the numbers. */
  public Sampling {
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the temperature is " + temperature + "; it must be 0 or positive");
    }
    if (topK < 0) {
      throw new IllegalArgumentException("top-k is " + topK + "; it must be at least 1, or 0 for all tokens");
    }
  }

  /**
   * Chooses one of the logits from {@code offset} on, {@code count} of them; of equal ones the first is the likelier.
   *
   * @throws IllegalArgumentException if one is not a number; one line
   */
  int choose(float[] logits, int offset, int count, RandomGenerator random) {
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparing(i -> -logit(logits, offset + i)))
            .mapToInt(Integer::intValue)
            .limit(temperature == 0 ? 1 : topK == 0 ? count : topK)
            .toArray();
    double max = logits[offset + order[0]];
    double[] weights = IntStream.of(order).mapToDouble(i -> Math.exp((logits[offset + i] - max) / temperature)).toArray();
    double left = random.nextDouble() * IntStream.range(0, weights.length).mapToDouble(i -> weights[i]).sum();
    int chosen = 0;
    while (chosen < weights.length - 1 && left >= weights[chosen]) {
      left -= weights[chosen++];
    }
    return order[chosen];
  }

  private static double logit(float[] logits, int i) {
    if (Float.isNaN(logits[i]) || logits[i] == Float.POSITIVE_INFINITY) {
      throw new IllegalArgumentException(
          "the network puts out " + logits[i] + " for a token; its training has diverged: take weights of an earlier epoch");
    }
    return logits[i];
  }
}
