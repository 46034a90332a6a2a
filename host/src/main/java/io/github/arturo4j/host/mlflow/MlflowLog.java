// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.mlflow;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.host.events.Scalars;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.ValuePaths;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.StepRow;
import io.github.arturo4j.host.train.EpochResult;
import io.github.arturo4j.host.train.StepMeans;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingResult;
import io.github.arturo4j.host.train.TrainingStart;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Pushes a training to an MLflow server. A training that goes on is the same run there, whose id is in {@value #FILE} of the run
 * folder. A server that is slow, away or refuses changes nothing of the training.
 */
public final class MlflowLog implements TrainingListener {
  /** The file of the run folder. */
  public static final String FILE = "mlflow.json";

  private static final String SERVER = "trackingUri";
  private static final String RUN = "runId";

  private final MlflowSettings settings;
  private final TrainingJob job;
  private final Consumer<String> warn;
  private final InstantSource clock;
  private final Duration patience;
  private final AtomicReference<String> warning = new AtomicReference<>();
  private boolean warned;
  private MlflowPusher pusher;
  private TrainingPlan plan;

  /**
   * Of a training.
   *
   * @param warn takes a line, once, in the thread that trains
   * @param patience how long an answer is waited for, and at the training's end the last one
   * @param clock tells the time of values
   */
  public MlflowLog(MlflowSettings settings, TrainingJob job, Consumer<String> warn, Duration patience, InstantSource clock) {
    this.settings = settings;
    this.job = job;
    this.warn = warn;
    this.patience = patience;
    this.clock = clock;
  }

  @Override
  public void started(TrainingStart start) {
    plan = start.plan();
    Experiment experiment = job.setup().config().experiment();
    String name = job.path().toAbsolutePath().normalize().getFileName().toString();
    Map<String, String> tags =
        Map.of("mlflow.runName", name, "mlflow.source.name", "arturo", "mlflow.source.type", "LOCAL", "mlflow.user", settings.user());
    MlflowRun run =
        new MlflowRun(
            settings.experiment() == null ? experiment.name() : settings.experiment(), name, params(job.setup().config()), tags,
            job.from().isEmpty() ? null : known(), clock.millis());
    pusher = new MlflowPusher(new MlflowApi(settings, patience), run, this::remember, this::note, clock);
    pusher.start();
  }

  private static SequencedMap<String, String> params(RunConfig config) {
    SequencedMap<String, String> params = new LinkedHashMap<>(ValuePaths.all(config.experiment()));
    params.put("limitTrain", config.limitTrain() == null ? null : config.limitTrain().toString());
    params.put("limitTest", config.limitTest() == null ? null : config.limitTest().toString());
    config.environment().forEach((name, value) -> params.put("environment." + name, value));
    return params;
  }

  /** The id of the run on that server; null if there is none. */
  private String known() {
    Path file = job.path().resolve(FILE);
    try {
      JsonNode known = new ObjectMapper().readTree(Files.readAllBytes(file));
      boolean there = known.path(SERVER).asText().equals(settings.server()) && !known.path(RUN).asText().isEmpty();
      return there ? known.path(RUN).asText() : null;
    } catch (JacksonException e) {
      return null; // a new run takes its place
    } catch (IOException e) {
      return null; // there is none
    }
  }

  private void remember(String id) {
    try {
      job.folder().write(FILE, MlflowApi.object().put(SERVER, settings.server()).put(RUN, id).toPrettyString() + "\n");
    } catch (RuntimeException e) { // of a folder that was taken away, or of a full disk, which the training meets as well
      warning.compareAndSet(null, "Warning: " + e.getMessage());
    }
  }

  private void note(IOException failure) {
    warning.compareAndSet(
        null,
        "Warning: cannot push to MLflow at " + settings.server() + ": " + MlflowPusher.words(failure)
            + "; the training goes on, and what is not pushed by its end is lost there");
  }

  /** In the thread that trains, to which the console belongs. */
  private void tellWarning() {
    if (!warned && warning.get() != null) {
      warned = true;
      warn.accept(warning.get());
    }
  }

  @Override
  public void stepsMeasured(StepMeans means) {
    add(means.stepsOfTraining(), Scalars.of(means, plan.report().eta()));
  }

  @Override
  public void stepEvaluated(StepRow row) {
    add(row.step(), Scalars.of(row));
  }

  @Override
  public void epochDone(EpochResult epoch) {
    add(epoch.state().steps(), Scalars.of(epoch.row()));
  }

  private void add(long step, Map<String, Double> values) {
    long now = clock.millis();
    values.forEach((key, value) -> pusher.add(new MlflowBatch.Metric(key, value, now, step)));
    tellWarning();
  }

  @Override
  public void stopped(TrainingResult result) {
    end(result.finished() ? "FINISHED" : "KILLED");
  }

  @Override
  public void failed(Throwable failure) {
    end("FAILED");
  }

  private void end(String status) {
    if (pusher == null) {
      return; // it has failed before it began
    }
    try {
      if (!pusher.end(status, patience)) {
        note(new IOException("it takes too long"));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    tellWarning();
  }
}
