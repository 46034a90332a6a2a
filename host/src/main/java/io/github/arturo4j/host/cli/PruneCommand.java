// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunPosterior;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.WeightFile;
import io.github.arturo4j.host.train.RunTest;
import io.github.arturo4j.host.train.TrainingLoop;
import io.github.arturo4j.host.uncertainty.Pruning;
import io.github.arturo4j.host.uncertainty.PruningCurve;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.metric.Metric;
import io.github.arturo4j.models.plan.EvaluationPlan;
import io.github.arturo4j.models.plan.Objective;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arturo prune}. */
@Command(
    name = "prune",
    mixinStandardHelpOptions = true,
    description = "Measures a run's network on the test set with shares of its weights removed, by their signal-to-noise ratio in the"
        + " posterior and by their size; writes the weights that are left.")
final class PruneCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "A run folder.")
  Path run;

  @Option(names = "--share", paramLabel = "SHARE", description = "With --out: the share of weights to remove, from 0 to 1.")
  Double share;

  @Option(
      names = "--by",
      paramLabel = "CRITERION",
      description = "With --out: what the removed weights have least of, ${COMPLETION-CANDIDATES} (default: signal-to-noise, or"
          + " magnitude of a run without posterior).")
  Pruning.Criterion criterion;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Write the weights without that share as a safetensors file, as PyTorch and 'evaluate --experiment' read it.")
  Path out;

  @Mixin DataOptions options;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (share == null == (out != null) || criterion != null && out == null) {
      throw new UsageException("--share, and --by if it is given, say what to write to --out FILE; give both, or none");
    }
    if (share != null && !(share >= 0 && share <= 1)) {
      throw new UsageException("--share is " + share + "; it must be from 0 to 1");
    }
    RunConfig config = RunReader.config(run);
    Pruning pruning = pruning(config);
    if (criterion == Pruning.Criterion.SIGNAL_TO_NOISE && pruning.deviations() == null) {
      throw new UsageException(
          "--by signal-to-noise is of a posterior, and optimizer " + config.experiment().optimizer().label()
              + " has none; take --by magnitude");
    }
    Devices.Entry device = options.findDevice();
    Examples test =
        new RunTest(options.source(), device).examples(run)
            .orElseThrow(() -> new DataException("the data of '" + run + "' have nothing to test with; name data that have with --data"));
    print(config, pruning, test, device);
    if (out != null) {
      write(config.network(), pruning);
    }
    return 0;
  }

  private Pruning pruning(RunConfig config) {
    if (config.experiment().optimizer().posterior().isEmpty()) {
      return new Pruning(config.network().slices(), RunReader.weights(run, config), null);
    }
    RunPosterior posterior = RunPosterior.read(run, config);
    return new Pruning(config.network().slices(), posterior.mean(), posterior.deviations());
  }

  private void print(RunConfig config, Pruning pruning, Examples test, Devices.Entry device) {
    Network network = config.network();
    PrintWriter to = spec.commandLine().getOut();
    Objective objective = config.experiment().objective().of(network, test);
    Metric metric = objective.metrics().getFirst();
    try (EvaluationPlan plan =
        new EvaluationPlan(
            network, test, config.experiment().preprocessing(), objective, TrainingLoop.evaluationBatch(network),
            device.device(), device.traits())) {
      PruningCurve curve = PruningCurve.of(pruning, weights -> plan.evaluate(weights).metric(metric.name()));
      to.printf(
          "%s of %s on %,d test %s; weights that can be removed: %,d of %,d parameters%n", metric.title(), network.name(),
          test.count(), config.known().words(), pruning.candidates(), network.parameterCount());
      to.printf("%7s", "removed");
      curve.points().getFirst().values().keySet().forEach(by -> to.printf("  %15s", by));
      to.println();
      for (PruningCurve.Point point : curve.points()) {
        to.printf(Locale.ROOT, "%7.2f", point.share());
        point.values().values().forEach(value -> to.printf(Locale.ROOT, "  %15.4f", value));
        to.println();
      }
    }
    to.flush();
  }

  private void write(Network network, Pruning pruning) {
    Pruning.Criterion by =
        criterion != null
            ? criterion
            : pruning.deviations() == null ? Pruning.Criterion.MAGNITUDE : Pruning.Criterion.SIGNAL_TO_NOISE;
    try {
      WeightFile.write(
          out, network, pruning.without(share, by), Map.of("model", network.name(), "format", "pt", "pruned", share + " by " + by));
    } catch (IOException e) {
      throw new OperationException("cannot write '" + out + "': " + Reason.of(e) + "; " + Reason.remedy(e), e);
    }
    spec.commandLine().getOut().println("Weights without " + share + " of them, by " + by + ": " + out);
  }
}
