// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.explain;

import io.github.arturo4j.host.chart.Axis;
import io.github.arturo4j.host.chart.Curve;
import io.github.arturo4j.host.chart.LineChart;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.reference.ArturoReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * arTuRO on noisy quadratics of one to three weights, as {@link ArturoReference} computes it, in double and with a fixed seed: the
 * pictures of the page that explains it.
 */
public final class Pictures {
  private static final int POINTS = 120;

  /** One whose filter knows the noise that these problems have. */
  private static final ArturoHyperparameters HYPERPARAMETERS =
      ArturoHyperparameters.builder()
          .varInit(1)
          .startFilterCov(10)
          .measurementNoise(0.25)
          .dynamicModelNoise(1e-3)
          .weightDecay(0)
          .build();

  private Pictures() {}

  /** The pictures' texts, SVG, by their names. */
  public static SequencedMap<String, String> all() {
    SequencedMap<String, String> all = new LinkedHashMap<>();
    all.put("gaussian", LineChart.picture(List.of(gaussian())));
    all.put("filter", LineChart.picture(List.of(filter())));
    all.put("trust-region", LineChart.picture(List.of(klOfEta(), path())));
    return all;
  }

  /** A noisy quadratic: the optimum is 1, in every weight. */
  private static final class Quadratic {
    private final double[] curvature;
    private final Random random = new Random(3);

    Quadratic(double... curvature) {
      this.curvature = curvature;
    }

    double[] gradient(double[] mean, double noise) {
      return IntStream.range(0, mean.length)
          .mapToDouble(i -> curvature[i] * (mean[i] - 1) + noise * random.nextGaussian())
          .toArray();
    }
  }

  /** The Gaussian of one weight, as steps go on. */
  private static LineChart gaussian() {
    Quadratic loss = new Quadratic(2);
    ArturoReference weight = new ArturoReference(HYPERPARAMETERS, new double[] {-1.5});
    List<Curve> curves = new ArrayList<>();
    double highest = 0;
    for (int step = 0; step <= 40; step++) {
      if (step == 0 || step == 2 || step == 6 || step == 40) {
        double mean = weight.mean[0];
        double precision = weight.precision[0];
        highest = Math.max(highest, density(mean, mean, precision));
        String name = step == 0 ? "at first" : step + " steps";
        curves.add(curve(name, curves.size(), -4, 3, x -> density(x, mean, precision)));
      }
      weight.step(loss.gradient(weight.mean, 0.5), 0.3);
    }
    return new LineChart(
        "gaussian", "One weight's Gaussian; the loss is least at 1", "density", "weight", Axis.covering(-4, 3),
        Axis.covering(0, highest), 3, curves);
  }

  private static double density(double x, double mean, double precision) {
    return Math.sqrt(precision / (2 * Math.PI)) * Math.exp(-precision * (x - mean) * (x - mean) / 2);
  }

  /** The curvatures that the filter finds. */
  private static LineChart filter() {
    double[] curvatures = {8, 2, 0.5};
    Quadratic loss = new Quadratic(curvatures);
    ArturoReference weights = new ArturoReference(HYPERPARAMETERS, new double[] {-1.5, -1.5, -1.5});
    List<List<Curve.Point>> points = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int step = 0; step <= 60; step++) {
      for (int i = 0; i < curvatures.length; i++) {
        points.get(i).add(point(step, weights.curvature[i]));
      }
      weights.step(loss.gradient(weights.mean, 0.5), 0.3);
    }
    List<Curve> curves = new ArrayList<>();
    for (int i = 0; i < curvatures.length; i++) {
      curves.add(new Curve("true: " + curvatures[i], i, false, points.get(i)));
    }
    for (double curvature : curvatures) {
      curves.add(curve("", Curve.MUTED, 0, 60, x -> curvature));
    }
    return new LineChart(
        "filter", "Curvatures that the filter estimates from gradients", "curvature", "step", Axis.covering(0, 60),
        Axis.covering(0, 9), 2, curves);
  }

  /** The KL of a step as η grows, and the bound. */
  private static LineChart klOfEta() {
    Quadratic loss = new Quadratic(8, 2, 0.5);
    ArturoReference weights = new ArturoReference(HYPERPARAMETERS, new double[] {-1.5, -1.5, -1.5});
    for (int step = 0; step < 3; step++) {
      weights.step(loss.gradient(weights.mean, 0.5), 0.3);
    }
    double bound = 0.3;
    List<Curve> curves =
        List.of(
            curve("bound", Curve.MUTED, -1, 2, x -> bound),
            curve("KL", 0, -1, 2, x -> weights.klMean(Math.pow(10, x))));
    return new LineChart(
        "kl", "The KL of a step over η, and its bound", "KL in nats", "η, as a power of ten",
        Axis.covering(-1, 2), Axis.covering(0, 2), 3, curves);
  }

  /** The way of two weights over a long valley. */
  private static LineChart path() {
    double[] curvatures = {0.4, 10};
    List<Curve> curves = new ArrayList<>();
    for (double level : new double[] {0.1, 0.5, 1.2, 2.2}) {
      List<Curve.Point> ring = new ArrayList<>();
      for (int i = 0; i <= POINTS; i++) {
        double angle = 2 * Math.PI * i / POINTS;
        double across = Math.sqrt(2 * level / curvatures[0]);
        double along = Math.sqrt(2 * level / curvatures[1]);
        ring.add(point(1 + across * Math.cos(angle), 1 + along * Math.sin(angle)));
      }
      curves.add(new Curve("", Curve.MUTED, false, ring));
    }
    Quadratic loss = new Quadratic(curvatures);
    double[] start = {-1.5, 1.6};
    ArturoReference weights = new ArturoReference(HYPERPARAMETERS, start);
    List<Curve.Point> way = new ArrayList<>();
    double[] descent = start.clone();
    List<Curve.Point> other = new ArrayList<>();
    for (int step = 0; step <= 25; step++) {
      way.add(point(weights.mean[0], weights.mean[1]));
      other.add(point(descent[0], descent[1]));
      weights.step(loss.gradient(weights.mean, 0.1), 0.2);
      double[] gradient = loss.gradient(descent, 0.1);
      for (int i = 0; i < descent.length; i++) {
        descent[i] -= 0.15 * gradient[i];
      }
    }
    curves.add(new Curve("arTuRO", 0, false, way));
    curves.add(new Curve("descent", 1, false, other));
    return new LineChart(
        "path", "25 steps in a long valley: curvatures 0.4 and 10", "second weight",
        "first weight", Axis.covering(-2.5, 4.5), Axis.covering(0, 2), 3, curves);
  }

  private static Curve curve(String label, int index, double low, double high, DoubleUnaryOperator f) {
    List<Curve.Point> points = new ArrayList<>();
    for (int i = 0; i <= POINTS; i++) {
      double x = low + (high - low) * i / POINTS;
      points.add(point(x, f.applyAsDouble(x)));
    }
    return new Curve(label, index, false, points);
  }

  private static Curve.Point point(double x, double y) {
    return new Curve.Point(Curve.Point.NO_EPOCH, x, y, y, y, 1);
  }
}
