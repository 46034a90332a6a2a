// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.dataset.Dataset;
import io.github.arturo4j.host.dataset.PublishedDataset;
import io.github.arturo4j.host.dataset.TargetKind;
import io.github.arturo4j.host.dataset.TestSet;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunData;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.host.run.WeightFile;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.ProductCuts;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.plan.Batches;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a training is made of, wherever it is kept.
 *
 * @param config its configuration: experiment, limits, fingerprints of the examples, environment
 * @param device what it runs on; null where only its examples are wanted
 * @param train the examples that it is trained on
 * @param judging the examples that its epochs are judged by: to validate with, or where there are none to test with
 * @param initial the weights that it begins with; null for random ones of the experiment's seed
 */
public record TrainingSetup(
    RunConfig config, Devices.Entry device, Examples train, Examples judging, Weights initial) {
  /**
   * Checks that loss and metrics fit the examples.
   *
   * @throws UsageException if not; one line
   */
  public TrainingSetup {
    try {
      config.experiment().objective().of(config.network(), train);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /**
   * Of an experiment on examples that are in memory.
   *
   * @param test the examples that epochs are judged by
   * @throws UsageException if the experiment's steps do not fit them, or a rate is out of its optimizer's range
   */
  public static TrainingSetup of(Experiment experiment, Examples train, Examples test, Devices.Entry device) {
    DataSchema schema = DataSchema.of(train);
    Experiment resolved = experiment.resolved(schema);
    check(resolved, schema, train);
    RunConfig config =
        new RunConfig(
            resolved, null, schema, null, RunData.of(null, train, test, false), null, null,
            Versions.environment(device));
    return new TrainingSetup(config, device, train, test, null);
  }

  /**
   * Of an experiment on its data, or on others in their place.
   *
   * @param source where they are
   * @param limitTrain how many of the training examples are used, at least 1; null for all
   * @param limitTest how many of the judging examples are used, at least 1; null for all
   * @param device what it runs on; null where only its examples are wanted
   * @throws UsageException if a limit is less than 1, the experiment's steps do not fit the examples, or a rate is out of its
   *     optimizer's range
   * @throws DataException if data are missing or damaged
   */
  public static TrainingSetup of(
      Experiment experiment, DataSource source, Integer limitTrain, Integer limitTest, Devices.Entry device) {
    Dataset data = source.open(experiment);
    Dataset.Training read = data.training(experiment.holdout());
    Examples train = limited(read.train(), limitTrain, "--limit-train");
    Experiment resolved = experiment.resolved(read.schema());
    check(resolved, read.schema(), train); // before the test examples are read
    Examples judging = limited(judging(data, read), limitTest, "--limit-test");
    RunData known = RunData.of(place(experiment, source, data), train, judging, read.validation() != null);
    RunConfig config =
        new RunConfig(
            resolved, null, read.schema(), null, known, limitTrain, limitTest, Versions.environment(device));
    return new TrainingSetup(config, device, train, judging, null);
  }

  private static Examples judging(Dataset data, Dataset.Training read) {
    if (read.validation() != null) {
      return read.validation();
    }
    return data.test(read.schema())
        .map(TestSet::examples)
        .orElseThrow(
            () -> new DataException(
                "'" + data.path() + "' has nothing to validate or to test with; hold out a share of the training examples"
                    + " with --validation 0.1, or the key validation"));
  }

  /** Where the data are, unless they are published files in their usual place. */
  private static Path place(Experiment experiment, DataSource source, Dataset data) {
    return experiment.dataset() instanceof PublishedDataset ? source.folder() : data.path();
  }

  /**
   * Of what a run's configuration says, to go on with it.
   *
   * @param before the run's configuration
   * @param epochs how many there are to be in all, at least as many as before; null for as many
   * @param source where its data are; without a place, where the run has had them
   * @throws UsageException if the epochs are fewer, a limit is less than 1, or a rate is out of its optimizer's range
   * @throws InputException if the data are of another schema
   * @throws DataException if data are missing or damaged
   */
  public static TrainingSetup of(RunConfig before, Integer epochs, DataSource source, Devices.Entry device) {
    Experiment experiment = before.experiment();
    if (epochs != null && epochs < experiment.epochs()) {
      throw new UsageException(
          "--epochs is " + epochs + ", fewer than the " + experiment.epochs()
              + " of the run; to go on it takes as many or more");
    }
    Network network = before.network();
    DataSource there = source.of(before);
    Dataset data = there.open(experiment);
    Dataset.Training read = data.training(experiment.holdout());
    checkSchema(before.known(), read.schema(), data.path());
    Examples train = limited(read.train(), before.limitTrain(), "limitTrain in config.yaml");
    Examples judging = limited(judging(data, read), before.limitTest(), "limitTest in config.yaml");
    Experiment longer = experiment.with(epochs, null, null, experiment.optimizer());
    checkRates(longer, Batches.of(network, train.count(), experiment.batchSize()));
    RunData known = RunData.of(place(experiment, there, data), train, judging, read.validation() != null);
    return new TrainingSetup(before.with(longer).with(known), device, train, judging, null);
  }

  private static void checkSchema(DataSchema known, DataSchema found, Path path) {
    if (found.outputs() != known.outputs()) {
      throw new InputException(
          "the run has " + known.outputs() + " " + known.outputWords() + ", but the training " + found.words() + " in '" + path + "' have "
              + found.outputs() + "; give the same data set with --data");
    }
    if (!found.shape().equals(known.shape())) {
      throw new InputException(
          "the run has examples of " + known.shape() + ", but those in '" + path + "' are " + found.shape()
              + "; give the same data set with --data");
    }
  }

  private static void check(Experiment experiment, DataSchema schema, Examples train) {
    try {
      Network network = experiment.network(schema);
      experiment.check(network);
      checkOutputs(network, schema);
      Batches batches = Batches.of(network, train.count(), experiment.batchSize());
      batches.check(network);
      checkMicroBatches(experiment, network, batches);
      checkRates(experiment, batches);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** A class that no example can have would have no name. */
  private static void checkOutputs(Network network, DataSchema schema) {
    if (schema.targets() != TargetKind.values && network.outputs() != schema.outputs()) {
      throw new IllegalArgumentException(
          "%s puts out %,d values, and there are %,d %s; let its last layer put out as many, as 'linear: outputs' does"
              .formatted(network.name(), network.outputs(), schema.outputs(), schema.outputWords()));
    }
  }

  private static void checkMicroBatches(Experiment experiment, Network network, Batches batches) {
    if (experiment.microBatch() != null) {
      for (int step : new int[] {0, batches.steps() - 1}) { // if the last two share images, the first has all but one
        Batches.of(network, batches.count(step), experiment.microBatch()).checkMicro(network);
      }
    }
  }

  private static void checkRates(Experiment experiment, Batches batches) {
    try {
      experiment.checkRates(batches.steps());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static Examples limited(Examples examples, Integer limit, String where) {
    if (limit == null) {
      return examples;
    }
    if (limit < 1) {
      throw new UsageException(where + " is " + limit + "; it must be at least 1");
    }
    return examples.limit(limit);
  }

  /**
   * The same beginning with the weights of a file.
   *
   * @throws InputException if they are not those of this network
   */
  public TrainingSetup startingFrom(WeightFile weights) {
    return new TrainingSetup(config.with(weights.source()), device, train, judging, weights.weights(config.network()));
  }

  /**
   * The same beginning with the weights of a file, but for the last layer, which begins with random ones of the experiment's
   * seed: for other classes, for instance.
   *
   * @throws InputException if the others are not those of this network
   */
  public TrainingSetup fineTuning(WeightFile weights) {
    Network network = config.network();
    return new TrainingSetup(
        config.with(weights.source().withHeadReplaced()), device, train, judging,
        weights.weightsButHead(network, config.experiment().seed()));
  }

  /**
   * The same whose metrics are in the unit of a run's rows: in standard deviations, if it is one of an earlier version on
   * standardised values.
   */
  public TrainingSetup inUnitOf(RunConfig run) {
    if (run.data() == null || run.data().unit() != null || config.data().unit() == null) {
      return this;
    }
    return new TrainingSetup(
        config.with(config.data().inDeviations()), device, inDeviations(train), inDeviations(judging), initial);
  }

  private static Examples inDeviations(Examples examples) {
    return Examples.of(examples.features(), ((Targets.Values) examples.targets()).withUnit(1));
  }

  /**
   * The same of another experiment on these examples.
   *
   * @throws UsageException if its steps do not fit them, or a rate is out of its optimizer's range
   */
  public TrainingSetup with(Experiment other) {
    check(other, config.known(), train);
    return new TrainingSetup(config.with(other), device, train, judging, initial);
  }

  /**
   * Checks that many ranks can divide its steps among them.
   *
   * @throws UsageException if not; one line
   */
  public TrainingSetup dividedAmong(int ranks) {
    Network network = config.network();
    try {
      Batches.of(network, train.count(), config.experiment().batchSize()).checkRanks(network, ranks);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
    return this;
  }

  /** The same with its products cut in that way, which its run tells for when it is gone on with. */
  public TrainingSetup cut(ProductCuts cuts) {
    return new TrainingSetup(config.with(Versions.with(config.environment(), cuts)), device, train, judging, initial);
  }

  /** The same of a run that began in another environment, see {@link RunConfig#environment}. */
  public TrainingSetup begunIn(Map<String, String> environment) {
    return new TrainingSetup(config.with(environment), device, train, judging, initial);
  }
}
