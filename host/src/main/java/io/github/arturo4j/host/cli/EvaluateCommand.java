// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.train.Trainer;
import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.models.Evaluation;
import io.github.arturo4j.models.EvaluationPlan;
import io.github.arturo4j.models.ImageSet;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code arturo evaluate}. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    description = "Evaluates the weights of a run on the test set.")
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "The run folder.")
  Path run;

  @Mixin DataOptions options;

  @Option(names = "--limit-test", paramLabel = "N", description = "Use the first N test images only.")
  Integer limitTest;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    RunFolder.Config config = RunFolder.config(run);
    Network network = config.network();
    Weights weights = RunFolder.weights(run, network);
    Devices.Entry device = options.findDevice();
    if (limitTest != null && limitTest < 1) {
      throw new Failures.UsageException("--limit-test is " + limitTest + "; it must be at least 1", null);
    }
    ImageSet all = options.locate(config.experiment().dataset(), network.input()).test(network.classes());
    ImageSet test = limitTest == null ? all : all.limit(Math.min(limitTest, all.count()));
    int batch = Math.min(Trainer.EVALUATION_BATCH, test.count());
    try (EvaluationPlan plan =
        new EvaluationPlan(network, test, config.experiment().preprocessing(), batch, device.device())) {
      Evaluation evaluation = plan.evaluate(weights);
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%s on %,d test images: loss %.4f, accuracy %.4f%n",
              network.name(),
              test.count(),
              evaluation.loss(),
              evaluation.accuracy());
      spec.commandLine().getOut().flush();
    }
    return 0;
  }
}
