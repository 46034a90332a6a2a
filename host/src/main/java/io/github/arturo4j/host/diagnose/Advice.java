// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.diagnose;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.RateOption;
import io.github.arturo4j.host.run.Diagnosis;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What to do about a run whose trust region or filter is not as it should be: a line each, with what was seen. */
public final class Advice {
  /** An innovation that is less, in units of its variance, says that the filter takes gradients for far noisier than they are. */
  private static final double DEAF = 0.01;

  /** One that is greater says that the filter does not follow. */
  private static final double LOST = 10;

  /** Curvatures of this size are no curvatures. */
  private static final double DIVERGED = 1e6;

  private static final double MANY = 0.5;

  /** By how much the training loss has to rise above its least, relatively, to be worth a line. */
  private static final double RISE = 0.05;

  private final Experiment experiment;
  private final List<String> lines = new ArrayList<>();

  private Advice(Experiment experiment) {
    this.experiment = experiment;
  }

  /**
   * The lines; none if all is well, or there is nothing to tell by.
   *
   * @param epochs the run's
   * @param diagnoses of its epochs
   */
  public static List<String> of(Experiment experiment, List<EpochRow> epochs, List<Diagnosis> diagnoses) {
    Advice advice = new Advice(experiment);
    Map<String, List<Diagnosis>> groups = new LinkedHashMap<>();
    diagnoses.forEach(row -> groups.computeIfAbsent(row.group(), name -> new ArrayList<>()).add(row));
    groups.values().forEach(advice::group);
    if (!groups.isEmpty()) {
      advice.loss(epochs, diagnoses);
    }
    return advice.lines;
  }

  private void group(List<Diagnosis> rows) {
    Diagnosis last = rows.getLast();
    String who = last.group().equals("all") ? "" : "group '" + last.group() + "': ";
    skipped(who, rows);
    long idle = rows.stream().filter(row -> row.step().eta() == 0).count();
    if (last.step().eta() == 0 && idle >= MANY * rows.size()) {
      add(
          "%sthe trust region was idle at the end of %d of %d epochs (η is 0): steps are as long as the model wants, and a"
              + " greater bound would change nothing; a smaller %s would hold them",
          who, idle, rows.size(), RateOption.of(experiment.optimizer()));
    }
    filter(who, last);
  }

  private void skipped(String who, List<Diagnosis> rows) {
    long before = rows.size() < 2 ? 0 : rows.get(rows.size() - 2).step().skippedSteps();
    long skipped = rows.getLast().step().skippedSteps();
    if (skipped > before) {
      add(
          "%s%d steps of the last epoch were skipped, since a gradient was not finite: look for values that are no numbers or"
              + " very large in the data, or give --clip-value",
          who, skipped - before);
    } else if (skipped > 0) {
      add("%s%d steps were skipped in earlier epochs, since a gradient was not finite", who, skipped);
    }
  }

  private void filter(String who, Diagnosis last) {
    double innovation = last.step().innovation();
    boolean published = experiment.optimizer() instanceof ArturoHyperparameters;
    String remedy =
        published
            ? "--optimizer adaptive estimates them"
            : "train anew with a smaller " + RateOption.of(experiment.optimizer());
    double curvature = Math.max(Math.abs(last.curvatures().low()), Math.abs(last.curvatures().high()));
    if (curvature > DIVERGED && last.step().eta() > 0) {
      add("%sthe filter has diverged: estimated curvatures are of the size of %.0e; %s", who, curvature, remedy);
    } else if (innovation > LOST) {
      add(
          "%sthe filter does not follow: gradients differ from what it expects by %.1f of its standard deviations; its noises are"
              + " too small, %s",
          who, Math.sqrt(innovation), remedy);
    } else if (innovation < DEAF) {
      add(
          "%sthe filter hardly listens: gradients differ from what it expects by %.2g of its standard deviations, so that"
              + " curvatures stay near what they began with; its noises are too great, %s",
          who, Math.sqrt(innovation), remedy);
    }
    if (last.step().negativeCurvature() > MANY) {
      add(
          "%s%.0f%% of the estimated curvatures are negative: the floor of the curvature decides on their steps",
          who, 100 * last.step().negativeCurvature());
    }
  }

  private void loss(List<EpochRow> epochs, List<Diagnosis> diagnoses) {
    EpochRow last = epochs.isEmpty() ? null : epochs.getLast();
    boolean holds = diagnoses.getLast().step().eta() > 0;
    if (last == null || !holds) {
      return;
    }
    EpochRow best = epochs.stream().min((a, b) -> Double.compare(a.trainLoss(), b.trainLoss())).orElseThrow();
    if (last.trainLoss() > best.trainLoss() * (1 + RISE)) {
      add(
          "the training loss has risen from %.4f after epoch %d to %.4f while the bound holds each step: a smaller %s, or a"
              + " schedule that lowers it (--schedule cosine)",
          best.trainLoss(), best.epoch(), last.trainLoss(), RateOption.of(experiment.optimizer()));
    }
  }

  private void add(String format, Object... values) {
    lines.add(String.format(Locale.ROOT, format, values));
  }
}
