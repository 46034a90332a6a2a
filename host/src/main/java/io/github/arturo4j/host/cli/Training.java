// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.data.Dataset;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.run.Checkpoint;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunData;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.host.run.WeightFile;
import io.github.arturo4j.host.train.Batches;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.util.Optional;

/**
 * What a training is made of, whether it begins or goes on.
 *
 * @param from where it goes on; null where it begins
 * @param initial the weights that it begins with; null for random ones, and where it goes on
 */
record Training(
    RunConfig config,
    Devices.Entry device,
    ImageSet train,
    ImageSet test,
    Checkpoint from,
    Weights initial) {

  /** One that begins. */
  static Training begin(Experiment experiment, Integer limitTrain, Integer limitTest, DataOptions options) {
    Devices.Entry device = options.findDevice();
    Dataset data = options.locate(experiment.dataset(), ModelZoo.create(experiment.model()).input());
    ImageSet train = limit(data.train(), limitTrain, "--limit-train");
    int classes = train.classes();
    checkBatches(experiment, train);
    ImageSet test = limit(data.test(classes), limitTest, "--limit-test");
    RunData images = RunData.of(options.data, train, test);
    return new Training(
        new RunConfig(experiment, classes, null, images, limitTrain, limitTest, Versions.environment(device)),
        device,
        train,
        test,
        null,
        null);
  }

  /**
   * The same with the weights of a file to begin with.
   *
   * @throws IllegalArgumentException if they are not those of this network
   */
  Training with(WeightFile weights) {
    return new Training(
        config.with(weights.source()), device, train, test, null, weights.weights(config.network()));
  }

  /**
   * One that goes on with a run, as its configuration says.
   *
   * @param epochs how many there are to be in all; null for as many as before
   */
  static Training resume(RunFolder run, Integer epochs, DataOptions options) {
    RunConfig before = run.config();
    if (epochs != null && epochs < before.experiment().epochs()) {
      throw new Failures.UsageException(
          "--epochs is " + epochs + ", fewer than the " + before.experiment().epochs() + " of '" + run.path()
              + "'; --resume takes as many or more", null);
    }
    Devices.Entry device = options.findDevice();
    Network network = before.network();
    Dataset data = options.locate(before);
    ImageSet all = data.train();
    if (all.classes() != network.classes()) {
      throw new IllegalArgumentException(
          "the run '" + run.path() + "' has " + network.classes() + " classes, but the training images in '"
              + data.folder() + "' have " + all.classes() + "; give the same data set with --data");
    }
    ImageSet train = limit(all, before.limitTrain(), "limitTrain in config.yaml");
    ImageSet test = limit(data.test(network.classes()), before.limitTest(), "limitTest in config.yaml");
    RunData images = RunData.of(options.folder(before), train, test);
    RunConfig config =
        before.with(before.experiment().with(epochs, null, null, before.experiment().optimizer())).with(images);
    Checkpoint from = run.checkpoint(config, train);
    if (before.data() != null && !before.data().test().equals(images.test())) {
      throw new IllegalArgumentException(
          "the run '" + run.path() + "' is tested on " + before.data().test() + ", but in '" + data.folder()
              + "' there are " + images.test() + "; give the same data set with --data");
    }
    return new Training(config, device, train, test, from, null);
  }

  /** Another one with the same device, images and initial weights: one that goes on if its run has a checkpoint, or begins. */
  Training another(RunFolder run, Experiment experiment) {
    RunConfig other = config.with(experiment);
    if (!run.hasCheckpoint()) {
      return new Training(other, device, train, test, null, initial);
    }
    return new Training(
        other.with(run.config().environment()), device, train, test, run.checkpoint(other, train), null);
  }

  private static void checkBatches(Experiment experiment, ImageSet train) {
    Network network = ModelZoo.create(experiment.model(), train.classes());
    try {
      Batches.of(network, train.count(), experiment.batchSize()).check(network);
    } catch (IllegalArgumentException e) {
      throw new Failures.UsageException(e.getMessage(), e);
    }
  }

  private static ImageSet limit(ImageSet images, Integer limit, String where) {
    if (limit == null) {
      return images;
    }
    if (limit < 1) {
      throw new Failures.UsageException(where + " is " + limit + "; it must be at least 1", null);
    }
    return images.limit(Math.min(limit, images.count()));
  }

  Experiment experiment() {
    return config.experiment();
  }

  /** Whether there is no epoch left to train. */
  boolean isDone() {
    return from != null && from.position().epochs() >= experiment().epochs();
  }

  /** Gets its run's folder ready to begin, or to go on. */
  void prepare(RunFolder run) {
    if (from == null) {
      run.begin(config);
    } else {
      run.goOn(config, from.position());
    }
  }

  /** Why its numbers will not be those of a training without a stop, in one line; nothing if they will be. */
  Optional<String> difference() {
    return Versions.difference(config.environment(), Versions.environment(device))
        .map(what -> "It began elsewhere (" + what + "), so its numbers will not be, bit for bit, those without a stop");
  }
}
