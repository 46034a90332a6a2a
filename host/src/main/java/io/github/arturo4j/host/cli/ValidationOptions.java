// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.models.metric.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options on what epochs are judged by. */
final class ValidationOptions {
  private static final String VALIDATION = "--validation";
  private static final String PATIENCE = "--patience";
  private static final String TRAIN_EVALUATION = "--train-evaluation";
  private static final String EVALUATE_AT = "--evaluate-at";

  @Option(
      names = VALIDATION,
      paramLabel = "SHARE",
      description =
          "Hold out this share of the training examples, of each class alike, and judge epochs by them: the best weights"
              + " are kept, and the test set is left for 'evaluate'.")
  Double share;

  @Option(
      names = PATIENCE,
      paramLabel = "N",
      description = "End the training when N epochs in a row have been no better than the best before.")
  Integer patience;

  @Option(
      names = TRAIN_EVALUATION,
      paramLabel = "N",
      description =
          "Training examples that each epoch is evaluated on, spread evenly over the set (default: all); what epochs are"
              + " judged by is always evaluated whole.")
  Integer trainEvaluation;

  @Option(
      names = EVALUATE_AT,
      paramLabel = "N",
      split = ",",
      description =
          "Evaluate after these steps of the training, too, such as 20,40,80, on what epochs are judged by; steps.csv in the run"
              + " folder has the values.")
  List<Integer> evaluateAt;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "The metric that says which epoch is the best; it becomes the first of --metrics.")
  String metric;

  /**
   * The experiment with the options applied.
   *
   * @throws IllegalArgumentException if a value is out of its range; one line
   */
  Experiment apply(Experiment experiment) {
    return experiment
        .change()
        .validation(share == null ? experiment.validation() : share)
        .patience(patience == null ? experiment.patience() : patience)
        .trainEvaluation(trainEvaluation == null ? experiment.trainEvaluation() : trainEvaluation)
        .evaluateAt(evaluateAt == null ? experiment.evaluateAt() : evaluateAt)
        .metrics(metric == null ? experiment.metrics() : metricFirst(experiment.metrics()))
        .build();
  }

  private List<String> metricFirst(List<String> others) {
    if (!Metrics.names().contains(metric)) {
      throw new IllegalArgumentException("--metric is '" + metric + "'; there are: " + String.join(", ", Metrics.names()));
    }
    List<String> names = new ArrayList<>(List.of(metric));
    if (others != null) {
      others.stream().filter(name -> !name.equals(metric)).forEach(names::add);
    }
    return names;
  }

  /** The options that stand for what an experiment says of these, each with its value behind it. */
  static List<String> options(Experiment experiment) {
    List<String> options = new ArrayList<>();
    OptionWords.add(options, VALIDATION, experiment.validation());
    OptionWords.add(options, PATIENCE, experiment.patience());
    OptionWords.add(options, TRAIN_EVALUATION, experiment.trainEvaluation());
    OptionWords.add(
        options, EVALUATE_AT,
        experiment.evaluateAt() == null
            ? null
            : experiment.evaluateAt().stream().map(Object::toString).collect(Collectors.joining(",")));
    return options;
  }
}
