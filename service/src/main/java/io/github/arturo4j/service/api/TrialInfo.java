// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/**
 * What a job is in a search.
 *
 * @param of the job of the search
 * @param number from 1
 * @param untilEpoch the epoch after which it stops, unless it is given more
 * @param values what is tried, in words
 * @param score what it has come to in its best epoch so far, by the search's metric; null before that is known
 */
public record TrialInfo(long of, int number, int untilEpoch, String values, Double score) {
  /** The same up to another epoch. */
  public TrialInfo until(int epoch) {
    return new TrialInfo(of, number, epoch, values, score);
  }

  /** The same with what it has come to. */
  public TrialInfo scored(double reached) {
    return new TrialInfo(of, number, untilEpoch, values, reached);
  }
}
