// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import io.github.arturo4j.host.chart.Axis;
import io.github.arturo4j.host.chart.Curve;
import io.github.arturo4j.host.chart.LineChart;
import java.util.ArrayList;
import java.util.List;

/** Accuracy over confidence (DeGroot and Fienberg 1983): below the diagonal a network is too sure of itself, above it not enough. */
public final class ReliabilityDiagram {
  /** A bin of fewer examples says little. */
  private static final int LEAST = 10;

  private ReliabilityDiagram() {}

  /** Of one or more ways to predict; their curves are in their order, and the diagonal is behind them. */
  public static LineChart of(List<Assessment> assessments) {
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < assessments.size(); i++) {
      List<Curve.Point> points =
          assessments.get(i).calibration().bins().stream()
              .filter(bin -> bin.examples() >= LEAST)
              .map(bin -> point(bin.confidence(), bin.accuracy()))
              .toList();
      curves.add(new Curve(assessments.get(i).name(), i, false, points));
    }
    curves.add(new Curve("calibrated", assessments.size(), false, List.of(point(0, 0), point(1, 1))));
    Axis share = Axis.covering(0, 1);
    return new LineChart("reliability", "reliability diagram", "accuracy", "confidence", share, share, 3, curves);
  }

  private static Curve.Point point(double confidence, double accuracy) {
    return new Curve.Point(Curve.Point.NO_EPOCH, confidence, accuracy, accuracy, accuracy, 1);
  }
}
