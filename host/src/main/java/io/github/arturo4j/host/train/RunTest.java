// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.dataset.TestSet;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.host.run.TestScores;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.plan.EvaluationPlan;
import java.nio.file.Path;
import java.util.Optional;

/** Measures runs of the same data on the test set, which none of them has looked at. It is read once. */
public final class RunTest {
  private final DataSource source;
  private final Devices.Entry device;
  private DataSchema known;
  private Optional<Examples> test;

  /** Of data from there, on that device. */
  public RunTest(DataSource source, Devices.Entry device) {
    this.source = source;
    this.device = device;
  }

  /**
   * Loss and metrics of the weights of a run's best or last epoch, on as many test examples as its configuration says; nothing if its
   * data have none.
   *
   * @throws IllegalArgumentException if the run or the data cannot be read, or do not fit together; one line
   */
  public Optional<Scores> scores(Path run, TestScores.Weights which) {
    RunConfig config = RunReader.config(run);
    return examples(config)
        .map(
            examples ->
                scores(
                    config, examples,
                    which == TestScores.Weights.BEST ? RunReader.weights(run, config) : RunReader.lastWeights(run, config)));
  }

  /**
   * As many test examples as a run's configuration says; nothing if its data have none.
   *
   * @throws IllegalArgumentException if the run or the data cannot be read, or do not fit together; one line
   */
  public Optional<Examples> examples(Path run) {
    return examples(RunReader.config(run));
  }

  private Optional<Examples> examples(RunConfig config) {
    if (!config.known().equals(known)) {
      known = config.known();
      test =
          source.of(config)
              .open(config.experiment())
              .test(known)
              .map(TestSet::examples)
              .map(all -> config.limitTest() == null ? all : all.limit(config.limitTest()));
    }
    return test;
  }

  private Scores scores(RunConfig config, Examples examples, Weights weights) {
    Network network = config.network();
    try (EvaluationPlan plan =
        new EvaluationPlan(
            network, examples, config.experiment().preprocessing(), config.experiment().objective(),
            TrainingLoop.evaluationBatch(network), device.device(), device.traits())) {
      return Scores.of(plan.evaluate(weights));
    }
  }
}
