// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import io.github.arturo4j.host.chart.Axis;
import io.github.arturo4j.host.chart.Curve;
import io.github.arturo4j.host.chart.LineChart;
import java.util.List;

/** Accuracy over confidence (DeGroot and Fienberg 1983): below the diagonal a network is too sure of itself, above it not enough. */
public final class ReliabilityDiagram {
  /** A bin of fewer examples says little. */
  private static final int LEAST = 10;

  private ReliabilityDiagram() {}

  /**
   * Of a way to predict.
   *
   * @param index a number that no other diagram of the page has
   */
  public static LineChart of(Assessment assessment, int index) {
    List<Curve.Point> points =
        assessment.calibration().bins().stream()
            .filter(bin -> bin.examples() >= LEAST)
            .map(bin -> point(bin.confidence(), bin.accuracy()))
            .toList();
    List<Curve> curves =
        List.of(
            new Curve("measured", 0, false, points), new Curve("calibrated", 6, false, List.of(point(0, 0), point(1, 1))));
    Axis share = Axis.covering(0, 1);
    return new LineChart("reliability-" + index, assessment.name(), "accuracy", "confidence", share, share, 3, curves);
  }

  private static Curve.Point point(double confidence, double accuracy) {
    return new Curve.Point(Curve.Point.NO_EPOCH, confidence, accuracy, accuracy, accuracy, 1);
  }
}
