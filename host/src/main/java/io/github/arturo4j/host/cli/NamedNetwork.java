// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.train.DataSource;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The network that a word on the command line means: an experiment's, built in or of a YAML file, a run's, or one of the zoo.
 *
 * @param loss that it is trained by
 * @param batchSize examples of a step
 */
record NamedNetwork(Network network, Loss loss, int batchSize) {
  /** That of the paper. */
  private static final int BATCH = 255;

  /**
   * Finds it.
   *
   * @param input shape of an example; null for that of the experiment's data, or the zoo's
   * @param outputs classes or values; null likewise
   * @param data the experiment's, where they are of the user's own; null for those that it names, which are not read where it
   *     tells enough of them
   * @throws UsageException if there is none, or it does not take the input; one line
   */
  static NamedNetwork find(String name, Shape input, Integer outputs, Path data) {
    try {
      if (ModelZoo.names().contains(name) && !Experiments.NAMES.contains(name)) {
        Network made = ModelZoo.create(name);
        return new NamedNetwork(
            ModelZoo.model(name).network(or(input, made.input()), or(outputs, made.outputs())), new CrossEntropy(), BATCH);
      }
      if (!Experiments.ALL.contains(name) && !Experiments.isFile(name) && !isRun(name)) {
        throw new UsageException(
            "there is no experiment, network or run '" + name
                + "'; 'arturo experiments' and 'arturo model' list those that are built in, and a file of your own ends in .yaml");
      }
      Experiment experiment = experiment(name);
      DataSchema schema = data == null && isRun(name) ? RunReader.config(Path.of(name)).known() : schema(experiment, data);
      return new NamedNetwork(
          experiment.model().network(experiment.name(), or(input, schema.shape()), or(outputs, schema.outputs())),
          experiment.resolved(schema).objective().loss(), experiment.batchSize());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** That of a name, of a YAML file, or of a run's folder. */
  static Experiment experiment(String name) {
    return isRun(name) ? RunReader.config(Path.of(name)).experiment() : Experiments.find(name);
  }

  private static boolean isRun(String name) {
    return !Experiments.ALL.contains(name) && Files.isDirectory(Path.of(name));
  }

  /** What an experiment's data are: as it says, or else, and where they are named, as they are found to be. */
  static DataSchema schema(Experiment experiment, Path data) {
    Optional<DataSchema> declared = data == null ? experiment.dataset().declared() : Optional.empty();
    return declared
        .orElseGet(() -> new DataSource(data, _ -> {}).open(experiment).training(experiment.holdout()).schema());
  }

  private static <T> T or(T given, T otherwise) {
    return given == null ? otherwise : given;
  }
}
