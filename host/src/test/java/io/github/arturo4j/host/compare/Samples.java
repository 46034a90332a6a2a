// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.Fingerprint;
import io.github.arturo4j.host.run.JudgingSet;
import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.host.run.StepRow;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** Comparisons of made-up runs. */
final class Samples {
  private Samples() {}

  /** An epoch with an accuracy on the test set; its test loss is what is missing to one. */
  static EpochRow row(int epoch, double accuracy, double network, double optimizer) {
    return new EpochRow(
        epoch, .1, scores(.5, .75), scores(1 - accuracy, accuracy), network, optimizer, 9, Double.NaN, Double.NaN,
        Double.NaN, 0, JudgingSet.test);
  }

  static Scores scores(double loss, double accuracy) {
    return new Scores(loss, new TreeMap<>(Map.of("accuracy", accuracy)));
  }

  static Run run(String label, long seed, Run.State state, double... accuracies) {
    List<EpochRow> rows = new ArrayList<>();
    for (double accuracy : accuracies) {
      rows.add(row(rows.size() + 1, accuracy, 3, 1));
    }
    return new Run(label, seed, state, rows, List.of(), null, "");
  }

  static Run finished(String label, long seed, double... accuracies) {
    return run(label, seed, Run.State.FINISHED, accuracies);
  }

  /** A finished run with losses after 20, 40, … steps. */
  static Run evaluated(String label, long seed, double... losses) {
    List<StepRow> steps = new ArrayList<>();
    for (double loss : losses) {
      steps.add(new StepRow(20 * (steps.size() + 1), scores(loss, .5), JudgingSet.test));
    }
    return new Run(label, seed, Run.State.FINISHED, List.of(row(1, .5, 3, 1)), steps, null, "");
  }

  static Settings settings(List<Long> seeds, int epochs, String... labels) {
    SequencedMap<String, Experiment> optimizers = new LinkedHashMap<>();
    for (String label : labels) {
      Experiment experiment = Experiments.find("fmnist_cnn");
      optimizers.put(label, experiment.with(epochs, null, null, experiment.optimizer()));
    }
    return new Settings(
        "fmnist_cnn", seeds, null, null, 10, "jvm JVM", new Fingerprint(60_000, "training", 1),
        new Fingerprint(10, "test", 2), optimizers);
  }

  static Comparison comparison(Settings settings, Run... runs) {
    return new Comparison(
        settings, List.of(runs), "arturo compare 'a b'", Map.of("java", "25"),
        ZonedDateTime.of(2026, 1, 2, 3, 4, 5, 0, ZoneOffset.UTC));
  }
}
