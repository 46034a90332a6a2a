// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.chart.Axis;
import io.github.arturo4j.host.chart.Curve;
import io.github.arturo4j.host.chart.LineChart;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** The pictures of a suite: how the loss on the validation set went over the steps. */
final class SuiteCharts {
  private SuiteCharts() {}

  /** Of a problem's optimizers with that kind of rate. */
  static LineChart of(SuiteProblem problem, List<String> optimizers, SuiteProblem.Rate rate) {
    Settings settings = problem.comparison().settings();
    int steps = settings.optimizers().firstEntry().getValue().steps(settings.trainImages().count());
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < optimizers.size(); i++) {
      curves.add(curve(optimizers.get(i), i, problem.comparison().shown(problem.label(optimizers.get(i), rate)), steps));
    }
    String loss = settings.judgedBy() + " loss";
    return new LineChart(
        problem.name() + "-" + rate.name().toLowerCase(Locale.ROOT), loss + ", " + rate.title.toLowerCase(Locale.ROOT), loss, "step",
        Axis.upTo((double) steps * settings.epochs()), Axis.of(curves), 4, curves);
  }

  /** The losses after steps and after epochs. */
  private static Curve curve(String optimizer, int index, List<Run> runs, int epochSteps) {
    TreeMap<Integer, List<Double>> losses = new TreeMap<>();
    for (Run run : runs) {
      TreeMap<Integer, Double> its = new TreeMap<>();
      run.rows().forEach(row -> its.put(row.epoch() * epochSteps, row.judgedLoss()));
      run.steps().forEach(row -> its.put(row.step(), row.judged().loss()));
      its.forEach((step, loss) -> losses.computeIfAbsent(step, any -> new ArrayList<>()).add(loss));
    }
    List<Curve.Point> points = new ArrayList<>();
    losses.forEach(
        (step, values) -> {
          double[] all = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
          points.add(
              new Curve.Point(Curve.Point.NO_EPOCH, step, Summary.of(all).mean(), all[0], all[all.length - 1], all.length));
        });
    boolean failed = runs.stream().allMatch(run -> run.state() == Run.State.FAILED);
    return new Curve(optimizer, index, failed, points);
  }
}
