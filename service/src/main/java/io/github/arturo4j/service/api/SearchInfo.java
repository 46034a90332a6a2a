// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/**
 * How far a search is.
 *
 * @param trials how many it will have
 * @param begun how many have begun
 * @param running how many wait or train now
 * @param failed how many have failed
 * @param metric the name of what trials are judged by, on the validation set
 * @param best the best trial so far; null before there is one
 */
public record SearchInfo(int trials, int begun, int running, int failed, String metric, Best best) {
  /**
   * The best trial so far.
   *
   * @param trial its number, from 1
   * @param job its job; null if that is not there any more
   * @param values what is tried, in words
   * @param value the metric in its best epoch
   */
  public record Best(int trial, Long job, String values, double value) {}
}
