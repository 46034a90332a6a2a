// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.config.Experiment;
import io.github.arturo4j.host.config.Experiments;
import io.github.arturo4j.host.data.Dataset;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.host.run.WeightFile;
import io.github.arturo4j.host.train.Trainer;
import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.models.Evaluation;
import io.github.arturo4j.models.EvaluationPlan;
import io.github.arturo4j.models.ImageSet;
import io.github.arturo4j.models.ModelZoo;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import java.nio.file.Files;
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
    description = "Evaluates the weights of a run, or of a file, on the test set.")
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN|FILE",
      description = "A run folder; with --experiment, a safetensors file of weights, of PyTorch or of a run.")
  Path source;

  @Option(
      names = "--experiment",
      paramLabel = "EXPERIMENT",
      description = "The experiment, built in or a YAML file, whose network FILE has the weights of.")
  String experiment;

  @Mixin DataOptions options;

  @Option(names = "--limit-test", paramLabel = "N", description = "Use the first N test images only.")
  Integer limitTest;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (limitTest != null && limitTest < 1) {
      throw new Failures.UsageException("--limit-test is " + limitTest + "; it must be at least 1", null);
    }
    if (experiment != null) {
      evaluateFile();
    } else {
      evaluateRun();
    }
    return 0;
  }

  private void evaluateRun() {
    if (Files.isRegularFile(source)) {
      throw new Failures.UsageException(
          "'" + source + "' is a file; name a run folder, or the experiment of its network with --experiment", null);
    }
    RunFolder.Config config = RunFolder.config(source);
    Network network = config.network();
    Weights weights = RunFolder.weights(source, config);
    evaluate(config.experiment(), network, weights, dataset(config.experiment()));
  }

  private void evaluateFile() {
    if (Files.isDirectory(source)) {
      throw new Failures.UsageException(
          "'" + source + "' is a folder, but --experiment is for a file of weights; leave it out to evaluate a run",
          null);
    }
    Experiment chosen;
    try {
      chosen = Experiments.find(experiment);
    } catch (IllegalArgumentException e) {
      throw new Failures.UsageException(e.getMessage(), e);
    }
    try (WeightFile file = WeightFile.open(source)) { // before images are fetched
      Dataset data = dataset(chosen);
      Network network = ModelZoo.create(chosen.model(), data.train().classes());
      evaluate(chosen, network, file.weights(network), data);
    }
  }

  private Dataset dataset(Experiment chosen) {
    return options.locate(chosen.dataset(), ModelZoo.create(chosen.model()).input());
  }

  private void evaluate(Experiment chosen, Network network, Weights weights, Dataset data) {
    Devices.Entry device = options.findDevice();
    ImageSet all = data.test(network.classes());
    ImageSet test = limitTest == null ? all : all.limit(Math.min(limitTest, all.count()));
    int batch = Math.min(Trainer.EVALUATION_BATCH, test.count());
    try (EvaluationPlan plan =
        new EvaluationPlan(network, test, chosen.preprocessing(), batch, device.device())) {
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
  }
}
