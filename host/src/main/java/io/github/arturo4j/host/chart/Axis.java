// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The range of an axis, and the round numbers on it.
 *
 * @param low end of the range
 * @param high other end
 * @param ticks inside the range, rising
 * @param digits after the point that tell the ticks apart
 */
public record Axis(double low, double high, List<Double> ticks, int digits) {
  private static final int STEPS = 6;

  /** What is that many times the median of all has grown without bound. */
  private static final double EXPLODED = 20;

  /** An axis that begins and ends with a tick and has all values on it. */
  public static Axis covering(double min, double max) {
    double margin = max > min ? 0 : Math.max(Math.abs(max) * 0.05, 1e-3);
    double step = step((max - min + 2 * margin) / STEPS);
    long first = (long) Math.floor((min - margin) / step + 1e-9);
    long last = (long) Math.ceil((max + margin) / step - 1e-9);
    return new Axis(first * step, last * step, ticks(first, last, step), digits(step));
  }

  /** An axis for the values of curves that have not failed, if there are any: the others may go anywhere. */
  public static Axis of(List<Curve> curves) {
    boolean all = curves.stream().allMatch(Curve::failed);
    List<Curve.Point> points =
        curves.stream().filter(curve -> all || !curve.failed()).flatMap(curve -> curve.points().stream()).toList();
    if (points.isEmpty()) {
      return covering(0, 1);
    }
    double[] means = points.stream().mapToDouble(Curve.Point::mean).sorted().toArray();
    double max = EXPLODED * means[means.length / 2];
    double low = points.stream().mapToDouble(Curve.Point::low).min().getAsDouble();
    double high = points.stream().mapToDouble(Curve.Point::high).max().getAsDouble();
    return covering(low, max > low ? Math.min(high, max) : high);
  }

  /** An axis from 0 to a value, ticks where they fall; to 1 if there is none above 0. */
  public static Axis upTo(double value) {
    double max = value > 0 ? value : 1;
    double step = step(max / STEPS);
    return new Axis(0, max, ticks(0, (long) Math.floor(max / step + 1e-9), step), digits(step));
  }

  /** An axis of epochs, counted from 1. */
  public static Axis epochs(int count) {
    if (count == 1) {
      return new Axis(0.5, 1.5, List.of(1.0), 0);
    }
    double step = Math.max(1, step(count / (STEPS + 2.0)));
    return new Axis(1, count, ticks(1, (long) (count / step), step), 0);
  }

  /** 1, 2 or 5 times a power of ten, no less than the value. */
  private static double step(double atLeast) {
    double power = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (double factor : new double[] {1, 2, 5}) {
      if (factor * power >= atLeast * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static List<Double> ticks(long first, long last, double step) {
    List<Double> ticks = new ArrayList<>();
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static int digits(double step) {
    return (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  }

  /** Where a value is between the ends, in [0, 1] for those on the axis. */
  public double position(double value) {
    return (value - low) / (high - low);
  }

  /** A tick as it is written at the axis. */
  public String label(double tick) {
    return String.format(Locale.ROOT, "%." + digits + "f", tick);
  }
}
