// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.metrics.MetricsServer;
import io.github.arturo4j.host.metrics.TrainingMeters;
import io.github.arturo4j.host.profile.ProfileReport;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.host.train.Progress;
import io.github.arturo4j.host.train.Trainer;
import io.github.arturo4j.kernels.graph.CudaGraphs;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.BooleanSupplier;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Makes the trainings of a command, one after the other, and shows them as its options say. */
final class TrainingSession implements AutoCloseable {
  private final DiagnosticOptions options;
  private final PrintWriter out;
  private final MetricsServer server;
  private boolean announced;

  /**
   * Begins to serve the metrics, if they are wanted.
   *
   * @throws IllegalArgumentException if their address or port cannot be had
   */
  TrainingSession(DiagnosticOptions options, PrintWriter out) {
    this.options = options;
    this.out = out;
    this.server = options.serve();
  }

  /** Trains into a run folder until all epochs are done or it is to stop; where the training stands then. */
  TrainingPosition run(Training training, RunFolder folder, StopSignal stop) {
    boolean replay = announce(training);
    ProfileReport report = options.profile ? new ProfileReport() : null;
    stop.begin();
    try (ConsoleProgress console = new ConsoleProgress(out, training.experiment().epochs())) {
      Progress shown = server == null ? console : new Both(console, meters(folder));
      BooleanSupplier asked =
          () -> {
            console.working();
            return stop.received();
          };
      return new Trainer(
              training.config(), training.train(), training.test(), training.device().device(),
              new Both(shown, stop), asked)
          .setUp(plan -> setUp(plan, report, replay))
          .initial(training.initial())
          .run(folder, training.from());
    } finally {
      if (report != null) {
        report.finish(folder, out);
      }
    }
  }

  /** Says, once, where the metrics are and what the device cannot do; whether it can replay CUDA graphs. */
  private boolean announce(Training training) {
    TornadoDevice device = training.device().device();
    boolean replay = options.cudaGraphs && CudaGraphs.on(device);
    if (!announced) {
      announced = true;
      if (server != null) {
        out.println("Metrics at " + server.description());
      }
      if (options.cudaGraphs && !replay) {
        out.printf("--cuda-graphs: the backend %s has none; training goes on without them%n", device.getTornadoVMBackend());
      }
      out.flush();
    }
    return replay;
  }

  /** Meters of a training, in place of those of the one before it. */
  private TrainingMeters meters(RunFolder folder) {
    TrainingMeters meters = new TrainingMeters(folder);
    server.registry().clear();
    meters.bindTo(server.registry());
    List<EpochRow> earlier = folder.rows();
    if (!earlier.isEmpty()) {
      meters.epochDone(earlier.getLast());
    }
    return meters;
  }

  private static void setUp(TrainingPlan plan, ProfileReport report, boolean replay) {
    if (report != null) {
      report.begin(plan.tasks());
      plan.profile(report::add);
    }
    if (replay) {
      plan.replayAsCudaGraph();
    }
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }

  private record Both(Progress first, Progress second) implements Progress {
    @Override
    public void epochStarted(int epoch, int steps) {
      first.epochStarted(epoch, steps);
      second.epochStarted(epoch, steps);
    }

    @Override
    public void stepDone(int step, double seconds, int images) {
      first.stepDone(step, seconds, images);
      second.stepDone(step, seconds, images);
    }

    @Override
    public void warning(String line) {
      first.warning(line);
      second.warning(line);
    }

    @Override
    public void epochDone(EpochRow row) {
      first.epochDone(row);
      second.epochDone(row);
    }
  }
}
