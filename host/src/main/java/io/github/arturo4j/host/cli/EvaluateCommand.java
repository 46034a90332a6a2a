// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.data.Dataset;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.run.Fingerprint;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.WeightFile;
import io.github.arturo4j.host.train.TrainingLoop;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.metric.Metrics;
import io.github.arturo4j.models.plan.Evaluation;
import io.github.arturo4j.models.plan.EvaluationPlan;
import io.github.arturo4j.models.plan.Objective;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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

  @Option(
      names = "--limit-test",
      paramLabel = "N",
      description = "Use the first N test images only (default: as many as the run has used).")
  Integer limitTest;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (limitTest != null && limitTest < 1) {
      throw new UsageException("--limit-test is " + limitTest + "; it must be at least 1");
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
      throw new UsageException(
          "'" + source + "' is a file; name a run folder, or the experiment of its network with --experiment");
    }
    RunConfig config = RunReader.config(source);
    Network network = config.network();
    Weights weights = RunReader.weights(source, config);
    Dataset data = options.source().of(config).locate(config.experiment().dataset(), network.input());
    Optional<String> difference = difference(config, data);
    difference.ifPresent(what -> tellOrRefuse(what, data));
    Integer limit = limitTest == null && difference.isEmpty() ? config.limitTest() : limitTest;
    evaluate(config.experiment(), network, weights, data, limit);
  }

  /**
   * How the images there differ from those of the run, in words; nothing if they are the same. A run of an earlier
   * version tells its training images only, and what was named is measured without them.
   */
  private Optional<String> difference(RunConfig config, Dataset data) {
    if (config.data() != null) {
      ImageSet test = limited(data.test(config.network().outputs()), config.limitTest());
      return difference(config.data().test(), Fingerprint.of("test", test));
    }
    return options.data != null
        ? Optional.empty()
        : RunReader.trainingImages(source)
            .flatMap(
                known -> difference(known, Fingerprint.of("training", limited(data.train(), config.limitTrain()))));
  }

  private static Optional<String> difference(Fingerprint known, Fingerprint found) {
    return found.equals(known) ? Optional.empty() : Optional.of(known + " there, " + found + " here");
  }

  private void tellOrRefuse(String difference, Dataset data) {
    String line = "the images in '" + data.folder() + "' are not those of the run '" + source + "': " + difference;
    if (options.data == null) {
      throw new InputException(line + "; name the folder of the run's images with --data");
    }
    spec.commandLine().getOut().println("Note: " + line);
  }

  private void evaluateFile() {
    if (Files.isDirectory(source)) {
      throw new UsageException(
          "'" + source + "' is a folder, but --experiment is for a file of weights; leave it out to evaluate a run");
    }
    Experiment chosen;
    try {
      chosen = Experiments.find(experiment);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
    try (WeightFile file = WeightFile.open(source)) { // before images are fetched
      Dataset data = dataset(chosen);
      ImageSet train = data.train();
      Network network = chosen.network(train.shape(), train.classes());
      evaluate(chosen, network, file.weights(network), data, limitTest);
    }
  }

  private Dataset dataset(Experiment chosen) {
    return options.source().locate(chosen.dataset(), chosen.input());
  }

  private void evaluate(Experiment chosen, Network network, Weights weights, Dataset data, Integer limit) {
    Devices.Entry device = options.findDevice();
    ImageSet all = data.test(network.outputs());
    ImageSet test = limited(all, limit);
    int batch = Math.min(TrainingLoop.EVALUATION_BATCH, test.count());
    Objective objective = fitting(chosen.objective(), network, test);
    try (EvaluationPlan plan =
        new EvaluationPlan(network, test, chosen.preprocessing(), objective, batch, device.device())) {
      Evaluation evaluation = plan.evaluate(weights);
      spec.commandLine()
          .getOut()
          .printf(
              Locale.ROOT,
              "%s on %s test images in '%s': loss %.4f%s%n",
              network.name(),
              count(test, all),
              data.folder(),
              evaluation.loss(),
              metrics(evaluation));
      spec.commandLine().getOut().flush();
    }
  }

  private static Objective fitting(Objective objective, Network network, ImageSet test) {
    try {
      return objective.of(network, test);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static String metrics(Evaluation evaluation) {
    return evaluation.metrics().entrySet().stream()
        .map(metric -> String.format(Locale.ROOT, ", %s %.4f", Metrics.of(metric.getKey()).title(), metric.getValue()))
        .collect(Collectors.joining());
  }

  private static ImageSet limited(ImageSet images, Integer limit) {
    return limit == null ? images : images.limit(Math.min(limit, images.count()));
  }

  private static String count(ImageSet some, ImageSet all) {
    return some.count() == all.count()
        ? "%,d".formatted(all.count())
        : "the first %,d of %,d".formatted(some.count(), all.count());
  }
}
