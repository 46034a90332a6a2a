// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.data.Dataset;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunData;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.host.run.WeightFile;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.plan.Batches;
import java.util.Arrays;
import java.util.Map;

/**
 * What a training is made of, wherever it is kept.
 *
 * @param config its configuration: experiment, limits, fingerprints of the images, environment
 * @param device what it runs on
 * @param train the images that it is trained on
 * @param test the images that it is tested on
 * @param initial the weights that it begins with; null for random ones of the experiment's seed
 */
public record TrainingSetup(
    RunConfig config, Devices.Entry device, ImageSet train, ImageSet test, Weights initial) {
  /**
   * Checks that loss and metrics fit the images.
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
   * Of an experiment on images that are in memory.
   *
   * @throws UsageException if the experiment's steps do not fit them, or a rate is out of its optimizer's range
   */
  public static TrainingSetup of(Experiment experiment, ImageSet train, ImageSet test, Devices.Entry device) {
    check(experiment, train);
    return of(experiment, RunData.of(null, train, test), null, null, train, test, device);
  }

  /**
   * Of an experiment on its data set, or on images in its place.
   *
   * @param source where they are
   * @param limitTrain how many of the training images are used, at least 1; null for all
   * @param limitTest how many of the test images are used, at least 1; null for all
   * @throws UsageException if a limit is less than 1, the experiment's steps do not fit the images, or a rate is out of its
   *     optimizer's range
   * @throws io.github.arturo4j.host.data.DataException if images are missing or damaged
   */
  public static TrainingSetup of(
      Experiment experiment, DataSource source, Integer limitTrain, Integer limitTest, Devices.Entry device) {
    ImageSet train = limited(source.locate(experiment.dataset(), experiment.input()).train(), limitTrain, "--limit-train");
    check(experiment, train); // before the test images are read
    Dataset data = source.locate(experiment.dataset(), train.shape());
    ImageSet test = limited(data.test(train.classes()), limitTest, "--limit-test");
    return of(experiment, RunData.of(source.folder(), train, test), limitTrain, limitTest, train, test, device);
  }

  private static TrainingSetup of(
      Experiment experiment, RunData images, Integer limitTrain, Integer limitTest, ImageSet train, ImageSet test,
      Devices.Entry device) {
    RunConfig config =
        new RunConfig(
            experiment, Arrays.stream(train.shape().sizes()).boxed().toList(), train.classes(), null, images, limitTrain,
            limitTest, Versions.environment(device));
    return new TrainingSetup(config, device, train, test, null);
  }

  /**
   * Of what a run's configuration says, to go on with it.
   *
   * @param before the run's configuration
   * @param epochs how many there are to be in all, at least as many as before; null for as many
   * @param source where its images are; without a folder, where the run has had them
   * @throws UsageException if the epochs are fewer, a limit is less than 1, or a rate is out of its optimizer's range
   * @throws InputException if the images have other classes
   * @throws io.github.arturo4j.host.data.DataException if images are missing or damaged
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
    Dataset data = there.locate(experiment.dataset(), network.input());
    ImageSet all = data.train();
    if (all.classes() != network.outputs()) {
      throw new InputException(
          "the run has " + network.outputs() + " classes, but the training images in '" + data.folder() + "' have "
              + all.classes() + "; give the same data set with --data");
    }
    ImageSet train = limited(all, before.limitTrain(), "limitTrain in config.yaml");
    ImageSet test = limited(data.test(network.outputs()), before.limitTest(), "limitTest in config.yaml");
    Experiment longer = experiment.with(epochs, null, null, experiment.optimizer());
    checkRates(longer, Batches.of(network, train.count(), experiment.batchSize()));
    RunConfig config =
        before
            .with(longer)
            .with(RunData.of(there.folder(), train, test));
    return new TrainingSetup(config, device, train, test, null);
  }

  private static void check(Experiment experiment, ImageSet train) {
    try {
      Network network = experiment.network(train.shape(), train.classes());
      experiment.check(network);
      Batches batches = Batches.of(network, train.count(), experiment.batchSize());
      batches.check(network);
      checkMicroBatches(experiment, network, batches);
      checkRates(experiment, batches);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
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

  private static ImageSet limited(ImageSet images, Integer limit, String where) {
    if (limit == null) {
      return images;
    }
    if (limit < 1) {
      throw new UsageException(where + " is " + limit + "; it must be at least 1");
    }
    return images.limit(Math.min(limit, images.count()));
  }

  /**
   * The same beginning with the weights of a file.
   *
   * @throws InputException if they are not those of this network
   */
  public TrainingSetup startingFrom(WeightFile weights) {
    return new TrainingSetup(config.with(weights.source()), device, train, test, weights.weights(config.network()));
  }

  /** The same of another experiment on these images. */
  public TrainingSetup with(Experiment other) {
    return new TrainingSetup(config.with(other), device, train, test, initial);
  }

  /** The same of a run that began in another environment, see {@link RunConfig#environment}. */
  public TrainingSetup begunIn(Map<String, String> environment) {
    return new TrainingSetup(config.with(environment), device, train, test, initial);
  }
}
