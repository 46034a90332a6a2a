// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.tune.Trial;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.OptionNames;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.api.TrialInfo;
import io.github.arturo4j.service.store.JobStore;
import io.github.arturo4j.service.store.StoredJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The trials of a search as jobs of the queue: trainings of its priority and devices, with what it tries in experiments of their own.
 *
 * @param search the search's job
 * @param log what the search tells goes there
 */
record TrialJobs(long search, Path log, JobStore jobs, Intake intake, Clock clock) implements OngoingSearch.Trials {
  private static final int MAX_NAME = 80;

  /** The label of a search's trials. */
  static String label(long search) {
    return "tune-" + search;
  }

  @Override
  public Optional<StoredJob> find(int trial) {
    return jobs.trial(search, trial);
  }

  @Override
  public StoredJob begin(Trial trial, Experiment experiment, int untilEpoch) {
    StoredJob of = jobs.get(search).orElseThrow();
    Instant now = clock.instant();
    Map<String, Object> options = new LinkedHashMap<>(of.options());
    options.keySet().retainAll(OptionNames.ofTrials());
    String name = of.name().length() > MAX_NAME ? of.name().substring(0, MAX_NAME) + "…" : of.name();
    return intake.takeTrial(
        new StoredJob(
            0, JobKind.TRAIN, name + ", trial " + trial.number(), of.experiment(), true, options, of.dataset(), List.of(label(search)),
            of.priority(), of.devices(), of.device(), State.QUEUED, false, null, null, null, 0, now, of.submittedBy(), now, null, null,
            null, new TrialInfo(search, trial.number(), untilEpoch, trial.words(), null), null),
        Experiments.write(experiment));
  }

  @Override
  public StoredJob goOn(StoredJob trial, int untilEpoch) {
    StoredJob waiting = trial.with(trial.trial().until(untilEpoch)).waiting(clock.instant(), 0);
    jobs.update(waiting);
    return waiting;
  }

  @Override
  public void scored(StoredJob trial, double value) {
    jobs.update(trial.with(trial.trial().scored(value)));
  }

  @Override
  public void tell(String line) {
    try {
      Files.write(log, (line + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
