// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.experiment.FolderName;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * What optimizers are compared on.
 *
 * @param problems experiments by the names of their files, each with a validation set
 * @param optimizers names of optimizers, each trained with its defaults and with a tuned rate
 * @param rates how many rates are tried of each optimizer on each problem, its default among them
 */
public record Suite(SequencedMap<String, Experiment> problems, List<String> optimizers, int rates) {
  /** Of an experiment that says nothing of a validation set. */
  private static final double VALIDATION = 0.15;

  private static final int MAX_RATES = 9;

  /** Checks the names and the number of rates. */
  public Suite {
    for (String name : optimizers) {
      if (!Optimizers.names().contains(name)) {
        throw new InputException(
            "--optimizers has '" + name + "'; of a suite each has its defaults, so there are: " + String.join(", ", Optimizers.names()));
      }
    }
    if (new HashSet<>(optimizers).size() < optimizers.size()) {
      throw new InputException("--optimizers has one twice: " + String.join(",", optimizers) + "; leave it out");
    }
    if (rates < 1 || rates > MAX_RATES || rates % 2 == 0) {
      throw new InputException(
          "--rates is " + rates + "; it must be 1, 3, 5, 7 or 9, so that as many are above an optimizer's default as below it");
    }
  }

  /**
   * The problems of a folder: each file that ends in .yaml, by name.
   *
   * @throws InputException if there are none, or one is no experiment; one line
   */
  public static SequencedMap<String, Experiment> problems(Path folder) {
    SequencedMap<String, Experiment> problems = new LinkedHashMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".yaml")).sorted().toList()) {
        String name = file.getFileName().toString().replaceFirst("\\.yaml$", "");
        if (!FolderName.fits(name)) {
          throw new InputException(
              "--suite has '" + file + "', whose name becomes that of a folder; rename the file to " + FolderName.RULE);
        }
        Experiment found = Experiments.read(file);
        problems.put(name, found.validation() == null ? found.change().validation(VALIDATION).build() : found);
      }
    } catch (IOException e) {
      throw new InputException("cannot read --suite '" + folder + "': " + Reason.of(e) + "; name a folder of experiments", e);
    }
    if (problems.isEmpty()) {
      throw new InputException("--suite '" + folder + "' has no file that ends in .yaml; name a folder of experiments");
    }
    return problems;
  }
}
