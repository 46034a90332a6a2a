// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

/**
 * How often something is timed.
 *
 * @param warmUpSeconds before anything counts: then C2 has compiled what is called all the time; a number of calls says nothing of that
 * @param warmUpRuns calls before anything counts, at least
 * @param minRuns calls that count, at least
 * @param maxRuns calls that count, at most
 * @param seconds of calls that count, after which there are no more than {@code minRuns}
 */
public record Effort(double warmUpSeconds, int warmUpRuns, int minRuns, int maxRuns, double seconds) {
  private static final double WARM_UP = 0.3;
  private static final int RUNS = 3;
  private static final int MANY = 999;
  private static final int ENOUGH = 15;

  /** Calls of PyTorch that count where time is short; it warms up with three more, and nobody ends it before it is through. */
  private static final int PEER = 5;

  /** Of what there is time for, the warm-up takes a part in as many at most. */
  private static final int WARM_UP_SHARE = 4;

  /** So many calls, however long they take. */
  static Effort runs(int runs) {
    return runs(WARM_UP, runs);
  }

  /** The same after a warm-up of so many seconds. */
  static Effort runs(double warmUpSeconds, int runs) {
    return new Effort(warmUpSeconds, RUNS, runs, runs, 0);
  }

  /** As many calls as take about so many seconds. */
  static Effort about(double seconds) {
    return new Effort(WARM_UP, RUNS, RUNS, MANY, seconds);
  }

  /** What there is time for in so many seconds, a warm-up of the usual length included: 15 calls at most, and one at least. */
  public static Effort within(double seconds) {
    return within(seconds, WARM_UP);
  }

  /** The same with a warm-up of so many seconds, where there is time. */
  public static Effort within(double seconds, double warmUpSeconds) {
    double warmUp = Math.min(warmUpSeconds, seconds / WARM_UP_SHARE);
    return new Effort(warmUp, 1, 1, ENOUGH, seconds - warmUp);
  }

  /** Calls of PyTorch that count beside such an effort, where there usually are so many. */
  int peerRuns(int usual) {
    return minRuns < maxRuns ? Math.min(usual, PEER) : usual;
  }
}
