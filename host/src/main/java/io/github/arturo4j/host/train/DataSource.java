// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.dataset.Dataset;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.run.RunConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Where images are looked for.
 *
 * @param folder a data set's files, or images of the user's own; null for the usual places, or a download
 * @param tell takes a line about a download, and warnings
 */
public record DataSource(Path folder, Consumer<String> tell) {
  /**
   * The data of an experiment, or the user's own in their place.
   *
   * @throws DataException if there are none; one line
   */
  public Dataset open(Experiment experiment) {
    return experiment.dataset().open(folder, experiment.input(), tell);
  }

  /**
   * The data to measure a run's weights on: those that this names, or else the run's own.
   *
   * @throws DataException if there are none; one line
   */
  public Dataset openTest(RunConfig run) {
    Experiment experiment = run.experiment();
    return folder == null
        ? of(run).open(experiment)
        : experiment.dataset().openTest(folder, experiment.input(), tell);
  }

  /**
   * This for a run's images: where this names no folder, the one that the run has used, if it was the user's own.
   *
   * @throws DataException if that one is not there any more
   */
  public DataSource of(RunConfig run) {
    if (folder != null || run.data() == null || run.data().path() == null) {
      return this;
    }
    Path its = run.data().path();
    if (!Files.exists(its)) {
      throw new DataException(
          "the data of the run were in '" + its + "', which is not there now; name the place where they are with --data");
    }
    return new DataSource(its, tell);
  }
}
