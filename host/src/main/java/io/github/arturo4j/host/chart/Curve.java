// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.chart;

import java.util.List;

/**
 * How something went over the epochs.
 *
 * @param label its name
 * @param index which of the chart's curves it is, for colour and dashes; {@link #MUTED} for one in the background, without a name
 * @param failed whether it is of failed runs only
 * @param points one an epoch
 */
public record Curve(String label, int index, boolean failed, List<Point> points) {
  /** The index of a curve that stands in the background. */
  public static final int MUTED = -1;

  /** Whether it stands in the background. */
  public boolean isMuted() {
    return index == MUTED;
  }

  /**
   * The seeds at the end of an epoch.
   *
   * @param epoch counted from 1; {@link #NO_EPOCH} where the curve is over something else
   * @param x where it stands
   * @param mean of the seeds
   * @param low the lowest of the seeds
   * @param high the highest
   * @param seeds how many there are
   */
  public record Point(int epoch, double x, double mean, double low, double high, int seeds) {
    /** Of a point that is no epoch's. */
    public static final int NO_EPOCH = 0;
  }
}
