// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.predict.Draws;
import io.github.arturo4j.host.predict.Predictor;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.train.DataSource;
import io.github.arturo4j.host.train.StatisticsSample;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/**
 * Assesses runs of the same data in all ways there are to predict by them: the weights as they are, samples of their posterior,
 * dropout left on, and an ensemble of the runs that are of one experiment.
 *
 * @param draws samples and seed, and the temperature of all posteriors; null there for each run's own
 * @param dropout whether to assess predictions with dropout, too
 * @param source of the runs' training data, for running statistics
 */
public record RunAssessments(Draws draws, boolean dropout, DataSource source, Devices.Entry device) {
  /**
   * The assessments, those of an experiment's first run first, then its ensemble.
   *
   * @param runs one or more
   * @param test examples of a class each
   * @throws InputException if a folder holds no run, or runs are not of the same data; one line
   */
  public List<Assessment> of(List<Path> runs, Examples test) {
    List<Assessment> all = new ArrayList<>();
    SequencedMap<String, List<Path>> experiments = experiments(runs);
    experiments.forEach(
        (name, folders) -> {
          String prefix = experiments.size() == 1 ? "" : name + ": ";
          all.addAll(ofExperiment(prefix, folders, test));
        });
    return all;
  }

  private static SequencedMap<String, List<Path>> experiments(List<Path> runs) {
    SequencedMap<String, List<Path>> experiments = new LinkedHashMap<>();
    RunConfig first = RunReader.config(runs.getFirst());
    for (Path run : runs) {
      RunConfig config = RunReader.config(run);
      if (!config.known().equals(first.known())) {
        throw new InputException(
            "'" + run + "' and '" + runs.getFirst() + "' do not predict the same of the same data; assess them apart");
      }
      experiments.computeIfAbsent(config.experiment().name(), _ -> new ArrayList<>()).add(run);
    }
    return experiments;
  }

  private List<Assessment> ofExperiment(String prefix, List<Path> runs, Examples test) {
    List<Assessment> all = new ArrayList<>();
    Path run = runs.getFirst();
    RunConfig config = RunReader.config(run);
    all.add(assess(prefix + "point estimate", run, Draws.NONE, null, test));
    if (config.experiment().optimizer().posterior().isPresent()) {
      Draws posterior = new Draws(Draws.Source.POSTERIOR, draws.samples(), draws.seed(), draws.temperature());
      Features statistics = StatisticsSample.of(config, source).orElse(null);
      all.add(assess(prefix + draws.samples() + " samples", run, posterior, statistics, test));
    }
    if (dropout) {
      Draws dropped = new Draws(Draws.Source.DROPOUT, draws.samples(), draws.seed(), null);
      all.add(assess(prefix + "dropout, " + draws.samples(), run, dropped, null, test));
    }
    if (runs.size() > 1) {
      all.add(assessEnsemble(prefix, runs, test));
    }
    return all;
  }

  private Assessment assess(String name, Path run, Draws how, Features statistics, Examples test) {
    try (Predictor predictor = Predictor.open(run, how, statistics, device)) {
      String full = how.source() == Draws.Source.POSTERIOR ? name + ", T " + text(predictor.draws().temperature()) : name;
      return Assessment.of(full, predictor::predict, test, draws.seed());
    }
  }

  private static String text(double temperature) {
    return String.format(Locale.ROOT, "%.2g", temperature);
  }

  private Assessment assessEnsemble(String prefix, List<Path> runs, Examples test) {
    List<Predictor> members = new ArrayList<>();
    try {
      for (Path run : runs) {
        members.add(Predictor.open(run, device));
      }
      return Assessment.of(prefix + "ensemble of " + runs.size(), features -> Predictor.ensemble(members, features), test, draws.seed());
    } finally {
      members.forEach(Predictor::close);
    }
  }
}
