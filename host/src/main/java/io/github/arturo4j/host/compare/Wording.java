// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.run.Fingerprint;
import io.github.arturo4j.models.metric.Metric;
import java.util.Locale;
import java.util.stream.Collectors;

/** The sentences of a report. */
final class Wording {
  private Wording() {}

  /** What was compared. */
  static String what(Comparison comparison) {
    Settings settings = comparison.settings();
    Experiment experiment = settings.optimizers().firstEntry().getValue();
    return "Network %s on %s, %s and %s; %s; %s %s; device %s."
        .formatted(
            experiment.model().label(), experiment.dataset().label(), examples(settings.trainImages()), examples(settings.testImages()),
            count(settings.epochs(), "epoch"), settings.seeds().size() == 1 ? "seed" : "seeds",
            settings.seeds().stream().map(Object::toString).collect(Collectors.joining(", ")), settings.device());
  }

  private static String examples(Fingerprint known) {
    return String.format(Locale.ROOT, "%,d %s examples", known.count(), known.use());
  }

  /** What the table holds. */
  static String table(Comparison comparison) {
    boolean several = comparison.settings().labels().stream().anyMatch(
        label -> comparison.runs(label, Run.State.FINISHED).size() > 1);
    return (several ? "Mean ± sample standard deviation over the seeds of finished runs." : "One seed, so no spread.")
        + best(comparison.settings().metrics().getFirst(), comparison.settings().judgedBy())
        + (comparison.isTested()
            ? " Columns of the test set are of the weights of that best epoch, which was chosen without it."
            : "")
        + " Seconds are those of the training part of an epoch (forward, backward, optimizer; median over the epochs),"
        + " and the share is the optimizer's part of them.";
  }

  private static String best(Metric metric, String set) {
    return " The best " + set + " " + metric.title() + " is the " + (metric.higherIsBetter() ? "highest" : "lowest")
        + " of all epochs, chosen on the " + set + " set and so optimistic.";
  }

  /** What the table of the loss after steps holds. */
  static String steps(Comparison comparison) {
    return "Loss on the " + comparison.settings().judgedBy()
        + " set after so many steps of the whole training, dropout off; over the same runs as the table above.";
  }

  /** What the curves show. */
  static String curves(Comparison comparison) {
    boolean several = comparison.settings().seeds().size() > 1;
    boolean partly =
        comparison.settings().labels().stream()
            .anyMatch(label -> comparison.shown(label).stream().anyMatch(run -> run.state() != Run.State.FINISHED));
    return (several ? "A line is the mean over the seeds, the band around it goes from the lowest to the highest seed." : "")
        + (partly ? " Where no run of an optimizer is finished, the curve shows how far its runs have come." : "")
        + (several || partly ? " " : "") + "A point names its values when a pointer rests on it.";
  }

  /** How far the comparison is; empty if every run is finished. */
  static String progress(Comparison comparison) {
    int all = comparison.runs().size();
    int finished = comparison.runs(Run.State.FINISHED).size();
    int failed = comparison.runs(Run.State.FAILED).size();
    if (finished == all) {
      return "";
    }
    return "%d of %s finished%s; the table counts the finished ones only."
        .formatted(finished, count(all, "run"), failed == 0 ? "" : ", " + failed + " failed");
  }

  private static String count(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}
