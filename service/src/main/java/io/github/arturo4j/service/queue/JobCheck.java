// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.host.cli.RequestedTraining;
import io.github.arturo4j.host.dataset.DatasetConfig;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.OptionNames;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.RefusedException.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks what a job is to train as the command that will do it checks it, so that a client hears of a mistake at once. */
final class JobCheck {
  private static final String OPTIMIZERS = "optimizers";
  private static final Pattern OPTION = Pattern.compile("--([a-z][a-z-]*)");

  private final DataRoot data;
  private final Path work;

  /**
   * Below a data root.
   *
   * @param work where it may keep a file for a moment: the system's folder for such may be read-only in a container
   */
  JobCheck(DataRoot data, Path work) {
    this.data = data;
    this.work = work;
  }

  /**
   * The experiments of a job that names a built-in one.
   *
   * @throws RefusedException if there is none of that name, or an option is wrong
   */
  Collection<Experiment> builtIn(JobKind kind, String experiment, Map<String, Object> options) {
    if (!Experiments.ALL.contains(experiment)) {
      throw new RefusedException(
          Kind.INVALID, "experiment",
          "experiment is '" + experiment + "'; there are " + String.join(", ", Experiments.ALL)
              + ", and experimentYaml takes one of your own");
    }
    return found(kind, experiment, "experiment", options);
  }

  /**
   * The experiments of a job that brings its own.
   *
   * @param yaml its text
   * @param dataset whether the job names a data set in place of the experiment's
   * @throws RefusedException if it is none, its data lie outside the data root, or an option is wrong
   */
  Collection<Experiment> own(JobKind kind, String yaml, boolean dataset, Map<String, Object> options) {
    try {
      Path file = Files.createTempFile(work, "experiment", ".yaml");
      try {
        Files.writeString(file, yaml);
        Collection<Experiment> found = found(kind, file.toString(), "experimentYaml", options);
        if (!dataset) {
          found.forEach(each -> checkPaths(each.dataset()));
        }
        return found;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void checkPaths(DatasetConfig dataset) {
    dataset.paths().forEach(path -> data.inside("experimentYaml", path));
  }

  private static Collection<Experiment> found(JobKind kind, String experiment, String field, Map<String, Object> options) {
    options.keySet().forEach(name -> checkOption(kind, name));
    JobCommand.values(options.getOrDefault(OPTIMIZERS, List.of())).forEach(JobCheck::checkOptimizers);
    List<String> words = JobCommand.asked(experiment, options);
    try {
      return switch (kind) {
        case TRAIN -> List.of(RequestedTraining.train(words));
        case COMPARE -> RequestedTraining.compare(words);
        case TUNE -> List.of(RequestedTraining.tune(words));
      };
    } catch (IllegalArgumentException e) { // what the command would print
      String line = e.getMessage().replace("'" + experiment + "'", field).replace(experiment, field);
      Matcher option = OPTION.matcher(line);
      String where = option.find() && options.containsKey(option.group(1)) ? "options." + option.group(1) : field;
      throw new RefusedException(Kind.INVALID, where, line.replaceAll(" \\(--[a-z-]+\\)", "").replaceAll("--(?=[a-z])", ""));
    }
  }

  /** On a command line they may be files, too; the server's are none of a job's business. */
  private static void checkOptimizers(Object names) {
    for (String name : names.toString().split(",", -1)) {
      if (!Optimizers.names().contains(name)) {
        throw new RefusedException(
            Kind.INVALID, "options." + OPTIMIZERS,
            "options.optimizers has '" + name + "'; a job compares by names: " + String.join(", ", Optimizers.names()));
      }
    }
  }

  private static void checkOption(JobKind kind, String name) {
    List<String> known = OptionNames.of(kind);
    if (!known.contains(name)) {
      throw new RefusedException(
          Kind.INVALID, "options." + name,
          "options." + name + " is none that a job of kind " + kind.word() + " may set; there are " + String.join(", ", known));
    }
  }
}
