// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

/**
 * How often a run's network is drawn for a prediction, and from what.
 *
 * @param source what is drawn
 * @param samples how many predictions are averaged
 * @param seed equal ones draw the same
 * @param temperature by which the variances of the posterior's weights are multiplied: less than 1 is a cold posterior (Wenzel
 *     et al., ICML 2020, arXiv 2002.02405); null for the one that the run has kept, or 1
 */
public record Draws(Source source, int samples, long seed, Double temperature) {
  /** The network as it is. */
  public static final Draws NONE = new Draws(Source.NOTHING, 1, 0, null);

  /** What is random in a prediction. */
  public enum Source {
    /** Nothing. */
    NOTHING,
    /** The weights, from their posterior. */
    POSTERIOR,
    /** What dropout drops, as in training. */
    DROPOUT
  }

  /** Checks the numbers. */
  public Draws {
    if (samples < 1) {
      throw new IllegalArgumentException("samples is " + samples + "; it must be at least 1");
    }
    if (temperature != null && !(temperature >= 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException("temperature is " + temperature + "; it must be 0 or greater");
    }
  }

  /** Samples of the weights' posterior, of the temperature that the run has kept, or 1. */
  public static Draws posterior(int samples) {
    return new Draws(Source.POSTERIOR, samples, 0, null);
  }

  /** Samples with dropout (Gal and Ghahramani, ICML 2016, arXiv 1506.02142). */
  public static Draws dropout(int samples) {
    return new Draws(Source.DROPOUT, samples, 0, null);
  }

  /** The same of another temperature. */
  public Draws temperature(double other) {
    return new Draws(source, samples, seed, other);
  }
}
