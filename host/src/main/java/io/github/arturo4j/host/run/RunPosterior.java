// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.kernels.optimizer.PosteriorDeviations;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.layer.ParameterSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The posterior of a run's weights, a Gaussian each: the mean is the weight, and what the deviation is, {@link
 * io.github.arturo4j.kernels.optimizer.PosteriorScale} says.
 *
 * @param deviations the standard deviation of each parameter, at temperature 1
 * @param epoch after which both were
 */
public record RunPosterior(Weights mean, float[] deviations, int epoch) {
  /**
   * That of a run: of its best epoch if it has kept weights and precisions of one, else of its last.
   *
   * @throws InputException if it has none, or its files do not belong together; one line
   */
  public static RunPosterior read(Path folder, RunConfig config) {
    Path best = folder.resolve(RunFiles.BEST_PRECISION);
    return Files.exists(best) && Files.exists(folder.resolve(RunFiles.BEST))
        ? read(folder, config, folder.resolve(RunFiles.BEST), best)
        : read(folder, config, folder.resolve(RunFiles.MODEL), folder.resolve(RunFiles.PRECISION));
  }

  private static RunPosterior read(Path folder, RunConfig config, Path weights, Path precision) {
    Experiment experiment = config.experiment();
    Network network = config.network();
    if (!Files.exists(precision)) {
      throw new InputException(
          Printable.of(
              "'" + folder + "' has no " + RunFiles.PRECISION + ", and so no posterior: optimizer "
                  + experiment.optimizer().label() + " keeps no Gaussian of a weight, or no epoch was finished; train with arturo or"
                  + " ivon"));
    }
    try (WeightFile file = WeightFile.open(weights); SafetensorsFile values = SafetensorsFile.read(precision)) {
      file.checkRun(config);
      int epoch = file.epoch();
      checkTogether(weights, file, precision, values);
      float[] deviations =
          PosteriorDeviations.of(
              experiment.optimizer(), experiment.groups() == null ? List.of() : experiment.groups(), network.slices(),
              precisions(network, precision, values), examples(folder, config));
      return new RunPosterior(file.weights(network), deviations, epoch);
    } catch (InputException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new InputException(Printable.of("'" + folder + "': " + e.getMessage()), e);
    }
  }

  private static void checkTogether(Path weights, WeightFile file, Path precision, SafetensorsFile values) {
    for (String key : List.of(ModelFile.EPOCH, Provenance.KEY)) {
      if (!file.tells(key, values.metadata().get(key))) {
        throw new InputException(
            Printable.of(
                "'" + precision + "' and '" + weights + "' are not of the same epoch of the same run; go on with the run by"
                    + " train --resume, which writes both, or put back the run's own files"));
      }
    }
  }

  private static float[] precisions(Network network, Path path, SafetensorsFile values) {
    float[] all = new float[network.parameterCount()];
    for (ParameterSpec spec : network.parameters()) {
      if (!values.names().contains(spec.name()) || !Arrays.equals(values.shape(spec.name()), spec.shape())) {
        throw new InputException(
            Printable.of("'" + path + "' has no precisions of " + spec.name() + "; put back the run's own file, or train anew"));
      }
      System.arraycopy(values.floats(spec.name()).data(), 0, all, spec.offset(), spec.size());
    }
    return all;
  }

  /** How many the mean loss is over: training examples, or their positions where each is a target. */
  private static long examples(Path folder, RunConfig config) {
    Fingerprint trained =
        config.data() != null
            ? config.data().train()
            : RunReader.trainingImages(folder)
                .orElseThrow(
                    () -> new InputException(
                        "'" + folder + "' does not tell how many examples it was trained on; train anew with this version"));
    return (long) trained.count() * config.network().positions();
  }
}
