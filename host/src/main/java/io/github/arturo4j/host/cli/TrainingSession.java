// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.doctor.ReplayCheck;
import io.github.arturo4j.host.events.EventFile;
import io.github.arturo4j.host.events.EventLog;
import io.github.arturo4j.host.metrics.MetricsServer;
import io.github.arturo4j.host.metrics.RankMeters;
import io.github.arturo4j.host.metrics.TrainingMeters;
import io.github.arturo4j.host.mlflow.MlflowLog;
import io.github.arturo4j.host.mlflow.MlflowSettings;
import io.github.arturo4j.host.profile.ProfileReport;
import io.github.arturo4j.host.run.JudgingSet;
import io.github.arturo4j.host.tensorboard.TensorBoardLog;
import io.github.arturo4j.host.train.RankLeader;
import io.github.arturo4j.host.train.TrainingJob;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingResult;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.metric.Metric;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Shows the trainings of a command, one after the other, as its options say. */
final class TrainingSession implements AutoCloseable {
  /** For an answer of a server, and for the last one at a training's end. */
  private static final Duration MLFLOW_PATIENCE = Duration.ofSeconds(5);

  private final DiagnosticOptions options;
  private final RankLeader leader;
  private final PrintWriter out;
  private final MetricsServer server;
  private final EventFile events;
  private final Optional<MlflowSettings> mlflow;
  private boolean announced;
  private boolean replays;

  /**
   * Begins to serve the metrics, and opens the file of the events, if they are wanted.
   *
   * @param environment its variables, which may name an MLflow server
   * @param leader of the ranks that train
   * @throws IllegalArgumentException if the metrics' address or port cannot be had, or the file cannot be written
   */
  TrainingSession(DiagnosticOptions options, PrintWriter out, Map<String, String> environment, RankLeader leader) {
    this.leader = leader;
    this.options = options;
    this.out = out;
    this.mlflow = MlflowSettings.of(environment, out::println);
    this.server = options.serve();
    try {
      this.events = options.openEvents();
    } catch (RuntimeException e) {
      close(server);
      throw e;
    }
  }

  /** What signals do while a command has trainings, as {@link StopSignal}. */
  StopSignal stopSignal(PrintWriter err, Supplier<String> goOn) {
    return new StopSignal(out, err, goOn, options.stopCode, leader.ranks().size() > 1);
  }

  /** Trains until all epochs are done or it is to stop; where the training has ended. */
  TrainingResult run(TrainingJob job, StopSignal stop) {
    if (announce(job.setup().device())) {
      job.replayAsCudaGraph();
    }
    List<TrainingListener> listeners = new ArrayList<>();
    listeners.add(stop);
    ConsoleListener console = new ConsoleListener(out, job.setup().config().experiment().epochs(), metrics(job), judgedBy(job));
    listeners.add(console);
    if (events != null) {
      listeners.add(new EventLog(events, job, Failures::line, console::warning, InstantSource.system()));
    }
    if (options.tensorBoard) {
      listeners.add(new TensorBoardLog(job.folder(), console::warning, InstantSource.system()));
    }
    mlflow.ifPresent(to -> listeners.add(new MlflowLog(to, job, console::warning, MLFLOW_PATIENCE, InstantSource.system())));
    if (server != null) {
      listeners.add(meters(job));
    }
    if (options.profile) {
      listeners.add(new ProfileReport(job.folder(), out));
    }
    stop.begin();
    return job.ledBy(leader).listeners(listeners).stopWhen(stop::received).run();
  }

  /** Says, once, where the metrics are and what the device cannot do; whether it is to replay CUDA graphs, which are checked once. */
  private boolean announce(Devices.Entry device) {
    if (!announced) {
      replays = Boolean.TRUE.equals(options.cudaGraphs) || options.cudaGraphs == null && !options.profile;
      Optional<String> fault = Optional.empty();
      if (replays && !device.traits().cudaGraphs()) {
        fault = Optional.of("the backend " + device.device().getTornadoVMBackend() + " has none");
      } else if (replays) {
        fault = ReplayCheck.run(device.device(), device.traits());
      }
      announced = true;
      if (server != null) {
        out.println("Metrics at " + server.description());
      }
      mlflow.ifPresent(to -> out.println("MLflow at " + to));
      if (fault.isPresent() && (options.cudaGraphs != null || device.traits().cudaGraphs())) {
        out.printf("CUDA graphs: %s; training goes on without them%n", fault.get());
      }
      replays &= fault.isEmpty();
      out.flush();
    }
    return replays;
  }

  private static List<Metric> metrics(TrainingJob job) {
    return job.setup().config().experiment().measured();
  }

  private static JudgingSet judgedBy(TrainingJob job) {
    return job.setup().config().data().judgedBy();
  }

  /** Meters of a training, in place of those of the one before it. */
  private TrainingMeters meters(TrainingJob job) {
    TrainingMeters meters = new TrainingMeters(metrics(job), judgedBy(job), job.lastRow().orElse(null));
    server.registry().clear();
    meters.bindTo(server.registry());
    if (leader.ranks().size() > 1) {
      new RankMeters(leader.ranks()).bindTo(server.registry());
    }
    return meters;
  }

  @Override
  public void close() {
    close(server);
    if (events != null) {
      events.close();
    }
  }

  private static void close(MetricsServer server) {
    if (server != null) {
      server.close();
    }
  }
}
