// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.config.Experiment;
import io.github.arturo4j.host.data.Dataset;
import io.github.arturo4j.host.run.Checkpoint;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.host.run.WeightFile;
import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.models.ImageSet;
import io.github.arturo4j.models.ModelZoo;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import java.nio.file.Path;

/**
 * What a training is made of, whether it begins or goes on. Nothing of it is written before {@link #open}.
 *
 * @param folder of the run
 * @param from where it goes on; null where it begins
 * @param initial the weights that it begins with; null for random ones, and where it goes on
 */
record Training(
    Path folder,
    RunFolder.Config config,
    Devices.Entry device,
    ImageSet train,
    ImageSet test,
    Checkpoint from,
    Weights initial) {

  /** One that begins, in a new folder. */
  static Training begin(
      Path folder, Experiment experiment, Integer limitTrain, Integer limitTest, DataOptions options) {
    Devices.Entry device = options.findDevice();
    Dataset data = options.locate(experiment.dataset(), ModelZoo.create(experiment.model()).input());
    ImageSet train = data.train();
    return new Training(
        folder,
        new RunFolder.Config(experiment, train.classes(), null, limitTrain, limitTest, Versions.environment(device)),
        device,
        limit(train, limitTrain, "--limit-train"),
        limit(data.test(train.classes()), limitTest, "--limit-test"),
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
        folder,
        new RunFolder.Config(
            config.experiment(),
            config.classes(),
            weights.source(),
            config.limitTrain(),
            config.limitTest(),
            config.environment()),
        device,
        train,
        test,
        null,
        weights.weights(config.network()));
  }

  /**
   * One that goes on in the folder of a run, as its configuration says.
   *
   * @param epochs how many there are to be in all; null for as many as before
   */
  static Training resume(Path folder, Integer epochs, DataOptions options) {
    RunFolder.Config before = RunFolder.config(folder);
    if (epochs != null && epochs < before.experiment().epochs()) {
      throw new Failures.UsageException(
          "--epochs is " + epochs + ", fewer than the " + before.experiment().epochs() + " of '" + folder
              + "'; --resume takes as many or more", null);
    }
    Devices.Entry device = options.findDevice();
    Network network = before.network();
    Dataset data = options.locate(before.experiment().dataset(), network.input());
    ImageSet all = data.train();
    if (all.classes() != network.classes()) {
      throw new IllegalArgumentException(
          "the run '" + folder + "' has " + network.classes() + " classes, but the training images there are have "
              + all.classes() + "; give the same data set with --data");
    }
    ImageSet train = limit(all, before.limitTrain(), "limitTrain in config.yaml");
    ImageSet test = limit(data.test(network.classes()), before.limitTest(), "limitTest in config.yaml");
    Experiment experiment = before.experiment().with(epochs, null, null, before.experiment().optimizer());
    RunFolder.Config config =
        new RunFolder.Config(
            experiment,
            before.classes(),
            before.weights(),
            before.limitTrain(),
            before.limitTest(),
            before.environment());
    return new Training(
        folder, config, device, train, test, RunFolder.checkpoint(folder, config, train), null);
  }

  /** Another one with the same device, images and initial weights: one that goes on if its folder has a checkpoint, or begins. */
  Training another(Path otherFolder, Experiment experiment) {
    boolean begun = RunFolder.hasCheckpoint(otherFolder);
    RunFolder.Config other =
        new RunFolder.Config(
            experiment,
            config.classes(),
            config.weights(),
            config.limitTrain(),
            config.limitTest(),
            begun ? RunFolder.config(otherFolder).environment() : config.environment());
    return new Training(
        otherFolder,
        other,
        device,
        train,
        test,
        begun ? RunFolder.checkpoint(otherFolder, other, train) : null,
        begun ? null : initial);
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

  /** Makes the run's folder, or gets it ready to go on. */
  RunFolder open() {
    if (from != null) {
      return RunFolder.reopen(folder, config, from.position());
    }
    try {
      return RunFolder.create(folder, config);
    } catch (IllegalArgumentException e) {
      throw new Failures.UsageException(e.getMessage(), e);
    }
  }
}
