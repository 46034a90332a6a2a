// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.config.Experiment;
import io.github.arturo4j.host.config.Experiments;
import io.github.arturo4j.host.data.FashionMnist;
import io.github.arturo4j.host.metrics.MetricsServer;
import io.github.arturo4j.host.metrics.TrainingMeters;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.host.train.Progress;
import io.github.arturo4j.host.train.Trainer;
import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.models.ImageSet;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arturo train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    description = "Trains the network of an experiment and leaves a run folder behind.")
final class TrainCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "EXPERIMENT",
      description = "A built-in experiment ('arturo experiments' lists them) or a YAML file of your own.")
  String experiment;

  @Mixin DataOptions options;

  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description = "Train the built-in experiment with this optimizer: arturo, adam, adamw or sgd.")
  String optimizer;

  @Mixin OptimizerOptions optimizerOptions;

  @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training set.")
  Integer epochs;

  @Option(names = "--batch-size", paramLabel = "N", description = "Images of a step.")
  Integer batchSize;

  @Option(names = "--seed", paramLabel = "N", description = "Seed of weights, order and dropout.")
  Long seed;

  @Option(names = "--out", paramLabel = "DIR", description = "The run folder, new or empty (default: runs/NAME-TIME).")
  Path out;

  @Option(names = "--limit-train", paramLabel = "N", description = "Use the first N training images only.")
  Integer limitTrain;

  @Option(names = "--limit-test", paramLabel = "N", description = "Use the first N test images only.")
  Integer limitTest;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Serve metrics for Prometheus at this port, path /metrics (0: any free port).")
  Integer metricsPort;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    Experiment chosen = chosen();
    Devices.Entry device = options.findDevice();
    FashionMnist data = FashionMnist.locate(options.data);
    ImageSet train = limit(data.train(), limitTrain, "--limit-train");
    ImageSet test = limit(data.test(), limitTest, "--limit-test");
    RunFolder folder = folder(chosen, device);
    out.printf(
        "Training %s on %s: %,d images, %d epochs, seed %d, optimizer %s, into %s%n",
        chosen.name(), device.name(), train.count(), chosen.epochs(), chosen.seed(), chosen.optimizer().label(),
        folder.path());
    try (MetricsServer server = metricsPort == null ? null : new MetricsServer(metricsPort);
        ConsoleProgress console = new ConsoleProgress(out, chosen.epochs())) {
      Progress progress = console;
      if (server != null) {
        TrainingMeters meters = new TrainingMeters(folder);
        meters.bindTo(server.registry());
        progress = new Both(console, meters);
        out.printf("Metrics at http://localhost:%d/metrics%n", server.port());
      }
      out.flush();
      new Trainer(chosen, train, test, device.device(), progress).run(folder);
    }
    out.printf("Done: %s%n", folder.path());
    out.flush();
    return 0;
  }

  private Experiment chosen() {
    try {
      Experiment found = Experiments.find(experiment, optimizer);
      return found.with(epochs, batchSize, seed, optimizerOptions.apply(found.optimizer()));
    } catch (IllegalArgumentException e) {
      throw new Failures.UsageException(e.getMessage(), e);
    }
  }

  private RunFolder folder(Experiment chosen, Devices.Entry device) {
    String time = LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss"));
    Path path = out == null ? Path.of("runs", chosen.name() + "-" + time) : out;
    try {
      return RunFolder.create(path, new RunFolder.Config(chosen, Versions.environment(device)));
    } catch (IllegalArgumentException e) {
      throw new Failures.UsageException(e.getMessage(), e);
    }
  }

  private static ImageSet limit(ImageSet images, Integer limit, String option) {
    if (limit == null) {
      return images;
    }
    if (limit < 1) {
      throw new Failures.UsageException(option + " is " + limit + "; it must be at least 1", null);
    }
    return images.limit(Math.min(limit, images.count()));
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
    public void epochDone(io.github.arturo4j.host.run.EpochRow row) {
      first.epochDone(row);
      second.epochDone(row);
    }
  }
}
