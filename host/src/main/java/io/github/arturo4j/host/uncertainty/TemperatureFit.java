// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.predict.Draws;
import io.github.arturo4j.host.predict.Predictor;
import io.github.arturo4j.host.run.PosteriorFit;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunPosterior;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.train.DataSource;
import io.github.arturo4j.host.train.StatisticsSample;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * Finds the temperature of a run's posterior at which the mean of its samples predicts the validation examples best, by the −log of
 * their classes' probabilities, with the same random numbers at each temperature.
 */
public final class TemperatureFit {
  /** Samples of a prediction: fewer than are averaged later, since it is made many times. */
  private static final int SAMPLES = 10;

  /** Validation examples, spread evenly, for the same reason. */
  private static final int EXAMPLES = 2000;

  private TemperatureFit() {}

  /**
   * That of a run; {@link PosteriorFit#write} keeps it.
   *
   * @param source of the run's data
   * @throws InputException if the run has no posterior, or held out no examples of a class each to validate with; one line
   */
  public static PosteriorFit of(Path run, long seed, DataSource source, Devices.Entry device) {
    RunConfig config = RunReader.config(run);
    RunPosterior posterior = RunPosterior.read(run, config);
    Examples validation = source.of(config).open(config.experiment()).training(config.experiment().holdout()).validation();
    if (validation == null || !(validation.targets() instanceof Targets.Classes)) {
      throw new InputException(
          "'" + run + "' has "
              + (validation == null ? "held out no examples to validate with" : "no classes")
              + ", so that no temperature can be fitted; give one with --posterior-temperature"
              + (validation == null ? ", or train with --validation 0.1" : ""));
    }
    Examples some = spread(validation);
    int[] labels = ((Targets.Classes) some.targets()).labels();
    Draws draws = new Draws(Draws.Source.POSTERIOR, SAMPLES, seed, null);
    try (Predictor predictor =
        Predictor.open(run, draws, StatisticsSample.of(config, source).orElse(null), device)) {
      TemperatureSearch.Found found =
          TemperatureSearch.of(
              temperature -> Calibration.of(predictor.predict(some.features(), temperature), labels).nll());
      return new PosteriorFit(found.temperature(), posterior.epoch(), SAMPLES, some.count(), found.loss());
    }
  }

  private static Examples spread(Examples all) {
    int count = Math.min(EXAMPLES, all.count());
    return all.select(IntStream.range(0, count).map(i -> (int) ((long) i * all.count() / count)).toArray());
  }
}
