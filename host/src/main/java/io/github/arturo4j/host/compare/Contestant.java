// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.experiment.FolderName;
import io.github.arturo4j.host.experiment.Variants;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One of the compared.
 *
 * @param label its name in tables and folders
 * @param experiment how it trains; the seed is another for each run
 */
public record Contestant(String label, Experiment experiment) {
  private static final String OPTION = "--optimizers";

  /**
   * Those of an experiment.
   *
   * @param experiment the experiment
   * @param optimizers names, or YAML files of the user's own; null for all that the experiment has
   * @throws InputException if one does not exist, stands there twice or trains something else; one line
   */
  public static List<Contestant> find(Variants experiment, List<String> optimizers) {
    List<String> names = optimizers == null ? List.copyOf(experiment.byOptimizer().keySet()) : optimizers;
    List<Contestant> found = new ArrayList<>();
    Set<String> labels = new LinkedHashSet<>();
    for (String name : names) {
      Contestant contestant = find(experiment, name.strip());
      if (!labels.add(contestant.label)) {
        throw new InputException(
            OPTION + " has '" + contestant.label + "' twice; leave one out, or rename the file");
      }
      contestant.check(experiment.given());
      found.add(contestant);
    }
    return found;
  }

  private static Contestant find(Variants experiment, String name) {
    if (name.isEmpty()) {
      throw new InputException(
          OPTION + " has an empty name; give some of: " + String.join(", ", Optimizers.names())
              + ", or YAML files of your own");
    }
    if (Experiments.isFile(name)) {
      String file = Path.of(name).getFileName().toString();
      return new Contestant(file.substring(0, file.lastIndexOf('.')), Experiments.find(name));
    }
    try {
      return new Contestant(name, experiment.with(name));
    } catch (IllegalArgumentException e) {
      throw new InputException(e.getMessage().replace("--optimizer is", OPTION + " has"), e);
    }
  }

  private void check(Experiment other) {
    if (!FolderName.fits(label)) {
      throw new InputException(
          OPTION + " has '" + label + "', which becomes the name of a folder; rename the file to " + FolderName.RULE);
    }
    if (!experiment.model().equals(other.model()) || !experiment.dataset().equals(other.dataset())) {
      throw new InputException(
          OPTION + " has '" + label + "', which trains " + experiment.model().label() + " on " + experiment.dataset().label()
              + ", not " + other.model().label() + " on " + other.dataset().label() + " as " + other.name() + " does; leave it out");
    }
  }
}
