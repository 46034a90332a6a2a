// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.AtomicFile;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The temperature of a run's posterior that was found to predict best, as {@code posterior.yaml} in its folder keeps it.
 *
 * @param temperature by which all variances are multiplied
 * @param epoch whose posterior it is of
 * @param samples of which a prediction was the mean
 * @param examples to validate with
 * @param loss the mean −log of their classes' probabilities, in nats
 */
public record PosteriorFit(double temperature, int epoch, int samples, int examples, double loss) {
  /** Checks the temperature. */
  public PosteriorFit {
    if (!(temperature >= 0 && Double.isFinite(temperature))) {
      throw new IllegalArgumentException("temperature is " + temperature + "; it must be 0 or greater");
    }
  }

  /**
   * Keeps it with a run.
   *
   * @throws OperationException if that fails; one line
   */
  public void write(Path folder) {
    Path file = folder.resolve(RunFiles.POSTERIOR);
    try {
      AtomicFile.write(file, Experiments.write(this).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new OperationException("cannot write '" + file + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
    }
  }

  /**
   * That of a run's posterior; nothing if none was fitted, or it is of another epoch.
   *
   * @throws InputException if the file is not as it was written; one line
   */
  public static Optional<PosteriorFit> read(Path folder, RunPosterior posterior) {
    Path file = folder.resolve(RunFiles.POSTERIOR);
    return Files.exists(file)
        ? Optional.of(Experiments.read(file, PosteriorFit.class, "; delete it, and fit the temperature anew"))
            .filter(fit -> fit.epoch == posterior.epoch())
        : Optional.empty();
  }
}
