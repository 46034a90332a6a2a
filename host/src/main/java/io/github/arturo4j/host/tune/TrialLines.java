// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import io.github.arturo4j.host.chart.Axis;
import io.github.arturo4j.host.chart.Curve;
import io.github.arturo4j.host.chart.ParallelCoordinates;
import io.github.arturo4j.host.chart.ParallelCoordinates.Line;
import io.github.arturo4j.host.chart.ParallelCoordinates.Tick;
import io.github.arturo4j.host.chart.ParallelCoordinates.Upright;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The trials of a search as lines over their values, their epochs and what they came to. */
final class TrialLines {
  /** Shades of trials, from the worst to the best. */
  static final int SHADES = 5;

  private static final int FEW = 3;
  private static final int MANY = 8;

  private final SearchResults results;
  private final Axis scores;

  private TrialLines(SearchResults results) {
    this.results = results;
    List<Curve.Point> points =
        results.ranking().stream().map(this::shown).map(shown -> new Curve.Point(1, 1, shown, shown, shown, 1)).toList();
    scores = Axis.of(List.of(new Curve("all", 0, false, points)));
  }

  private double shown(Trial trial) {
    return results.objective().shown(trial.score().value());
  }

  /** The picture. */
  static ParallelCoordinates of(SearchResults results) {
    return new TrialLines(results).picture();
  }

  private ParallelCoordinates picture() {
    List<Upright> axes = new ArrayList<>();
    List<String> labels = results.space().labels();
    for (int i = 0; i < labels.size(); i++) {
      axes.add(new Upright(labels.get(i), ticks(results.space().dimensions().get(i).domain())));
    }
    if (results.settings().rungs().size() > 1) {
      axes.add(new Upright("epochs", results.settings().rungs().stream().map(epochs -> new Tick(rung(epochs), "" + epochs)).toList()));
    }
    List<Tick> ticks = scores.ticks().stream().map(tick -> new Tick(scores.position(tick), scores.label(tick))).toList();
    axes.add(new Upright(results.objective().name(), ticks));
    List<Line> lines = new ArrayList<>();
    results.failed().forEach(trial -> lines.add(line(trial, "failed")));
    List<Trial> ranking = results.ranking();
    for (int rank = ranking.size() - 1; rank >= 0; rank--) {
      lines.add(line(ranking.get(rank), rank == 0 ? "best" : "q" + (SHADES - 1 - rank * SHADES / ranking.size())));
    }
    return new ParallelCoordinates("The trials over their values and their " + results.objective().name(), axes, lines);
  }

  /** Rungs are as far from each other as the next. */
  private double rung(int epochs) {
    List<Integer> rungs = results.settings().rungs();
    return rungs.indexOf(epochs) / (rungs.size() - 1.0);
  }

  private Line line(Trial trial, String style) {
    List<Double> positions = new ArrayList<>();
    List<Dimension> dimensions = results.space().dimensions();
    for (Dimension dimension : dimensions) {
      positions.add(position(dimension.domain(), trial.values().get(dimension.path())));
    }
    int rung = trial.scores().size() - 1;
    if (results.settings().rungs().size() > 1) {
      positions.add(rung < 0 ? Double.NaN : rung(results.settings().rungs().get(rung)));
    }
    positions.add(trial.isFailed() ? Double.NaN : Math.min(1, scores.position(shown(trial)))); // one that exploded is at the end
    String outcome = trial.isFailed() ? "failed" : results.objective().words(trial.score().value());
    return new Line(style, "Trial " + trial.number() + ", " + outcome + ": " + trial.words(), positions);
  }

  private static double position(Domain domain, Object value) {
    return switch (domain) {
      case Interval interval -> interval.position(value);
      case Choice choice -> place(choice.values().indexOf(value), choice.values().size());
    };
  }

  /** The middle of one of so many equal parts. */
  private static double place(int index, int count) {
    return (index + 0.5) / count;
  }

  private static List<Tick> ticks(Domain domain) {
    List<Tick> ticks = new ArrayList<>();
    switch (domain) {
      case Choice choice -> choice.values().forEach(
          value -> ticks.add(new Tick(place(ticks.size(), choice.values().size()), Values.text(value))));
      case Interval interval -> {
        for (double tick : interval.scale() == Scale.log ? powers(interval) : Axis.covering(interval.min(), interval.max()).ticks()) {
          if (interval.contains(tick)) {
            ticks.add(new Tick(interval.position(tick), label(tick)));
          }
        }
      }
    }
    return ticks;
  }

  /** The powers of ten on an interval; where these are few, also 2 and 5 times of them, and of many not all. */
  private static List<Double> powers(Interval interval) {
    List<Double> powers = new ArrayList<>();
    int low = (int) Math.floor(Math.log10(interval.min()));
    int high = (int) Math.ceil(Math.log10(interval.max()));
    for (int power = low; power <= high; power += Math.ceilDiv(high - low, MANY)) {
      for (int factor : high - low > FEW ? new int[] {1} : new int[] {1, 2, 5}) {
        powers.add(Double.valueOf(factor + "e" + power));
      }
    }
    return powers;
  }

  private static String label(double tick) {
    double size = Math.abs(tick);
    return size != 0 && (size < 1e-3 || size >= 1e6)
        ? String.format(Locale.ROOT, "%.0e", tick).replaceFirst("e([-+])0?", "e$1").replace("e+", "e")
        : Values.text((double) Math.round(tick * 1e9) / 1e9);
  }
}
