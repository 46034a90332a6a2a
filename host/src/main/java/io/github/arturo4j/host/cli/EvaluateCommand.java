// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.chart.Digits;
import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.dataset.Dataset;
import io.github.arturo4j.host.dataset.TargetKind;
import io.github.arturo4j.host.dataset.TestSet;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.host.predict.ConfusionMatrix;
import io.github.arturo4j.host.predict.MostWrong;
import io.github.arturo4j.host.predict.MostWrongPage;
import io.github.arturo4j.host.predict.OutputMeaning;
import io.github.arturo4j.host.run.Fingerprint;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.WeightFile;
import io.github.arturo4j.host.train.TrainingLoop;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.metric.Metric;
import io.github.arturo4j.models.metric.Metrics;
import io.github.arturo4j.models.plan.Evaluation;
import io.github.arturo4j.models.plan.EvaluationPlan;
import io.github.arturo4j.models.plan.Objective;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
    description = "Evaluates the weights of a run, its best ones if it has chosen some, or of a file, on the test set.")
final class EvaluateCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "RUN|FILE",
      arity = "1..*",
      description = "A run folder, or several of the same data, whose predictions are averaged; with --experiment, a safetensors"
              + " file of weights, of PyTorch or of a run.")
  List<Path> sources;

  @Option(
      names = "--experiment",
      paramLabel = "EXPERIMENT",
      description = "The experiment, built in or a YAML file, whose network FILE has the weights of.")
  String experiment;

  @Mixin DataOptions options;

  @Option(
      names = "--limit-test",
      paramLabel = "N",
      description = "Use the first N test examples only (default: as many as the run has used).")
  Integer limitTest;

  @Option(
      names = "--per-class",
      description = "Print precision, recall and F1 of each class, and which classes were taken for which.")
  boolean perClass;

  @Mixin MostWrongOption mostWrong;

  @Mixin UncertaintyOptions uncertainty;

  @Spec CommandSpec spec;

  private Path source;

  @Override
  public Integer call() {
    if (limitTest != null && limitTest < 1) {
      throw new UsageException("--limit-test is " + limitTest + "; it must be at least 1");
    }
    source = sources.getFirst();
    if (experiment != null) {
      checkFile();
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
    uncertainty.check(config.known(), sources.size() > 1);
    Network network = config.network();
    Weights weights = RunReader.weights(source, config);
    Dataset data = options.source().openTest(config);
    TestSet test = test(data, config.known(), ", or name data that have with --data");
    Optional<String> difference = difference(config, data, test.examples());
    difference.ifPresent(what -> tellOrRefuse(what, config.known().words(), data));
    Integer limit = limitTest == null && difference.isEmpty() ? config.limitTest() : limitTest;
    if (uncertainty.fit) {
      uncertainty.fit(sources, options.source(), options.findDevice(), spec.commandLine().getOut());
    }
    if (uncertainty.calibration) {
      Examples some = limited(test.examples(), limit);
      String what =
          "%s on %s test %s in '%s'".formatted(
              network.name(), count(some, test.examples()), config.known().words(), data.testPath());
      uncertainty.assess(sources, some, what, options.source(), options.findDevice(), spec.commandLine().getOut());
      return;
    }
    evaluate(config.experiment(), config.known(), network, weights, data, test, limit);
    if (uncertainty.samples.given() || sources.size() > 1) {
      MeanEvaluation mean =
          new MeanEvaluation(sources, uncertainty.samples.draws(), options.source(), options.findDevice());
      spec.commandLine().getOut().println(mean.line(limited(test.examples(), limit)));
    }
  }

  private void checkFile() {
    if (sources.size() > 1 || uncertainty.given()) {
      throw new UsageException(
          "--experiment is for one file of weights, which has no posterior; name run folders instead, without --experiment");
    }
  }

  private static TestSet test(Dataset data, DataSchema known, String orElse) {
    return data.test(known)
        .orElseThrow(
            () -> new DataException(
                "'" + data.path() + "' has nothing to test with; give the experiment's dataset some" + orElse));
  }

  /**
   * How the examples there differ from those of the run, in words; nothing if they are the same, or the run has not seen its
   * test set. A run of an earlier version tells its training images only, and what was named is measured without them.
   */
  private Optional<String> difference(RunConfig config, Dataset data, Examples test) {
    if (config.data() != null) {
      return Optional.ofNullable(config.data().test())
          .flatMap(known -> difference(known, Fingerprint.of("test", limited(test, config.limitTest()))));
    }
    return options.data != null
        ? Optional.empty()
        : RunReader.trainingImages(source).flatMap(known -> difference(known, training(config, data)));
  }

  private static Fingerprint training(RunConfig config, Dataset data) {
    return Fingerprint.of(
        "training", limited(data.training(config.experiment().holdout()).train(), config.limitTrain()));
  }

  private static Optional<String> difference(Fingerprint known, Fingerprint found) {
    return found.equals(known) ? Optional.empty() : Optional.of(known + " there, " + found + " here");
  }

  private void tellOrRefuse(String difference, String words, Dataset data) {
    String line = "the " + words + " in '" + data.testPath() + "' are not those of the run '" + source + "': " + difference;
    if (options.data == null) {
      throw new InputException(line + "; name the place of the run's " + words + " with --data");
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
      Dataset data = options.source().open(chosen);
      DataSchema schema = data.training(chosen.holdout()).schema();
      Network network = chosen.network(schema);
      evaluate(chosen.resolved(schema), schema, network, file.weights(network), data, test(data, schema, ""), limitTest);
    }
  }

  private void evaluate(
      Experiment chosen, DataSchema schema, Network network, Weights weights, Dataset data, TestSet all, Integer limit) {
    checkPerClass(schema);
    mostWrong.check(schema);
    Devices.Entry device = options.findDevice();
    Examples test = limited(all.examples(), limit);
    int batch = Math.min(TrainingLoop.evaluationBatch(network), test.count());
    Objective objective = fitting(chosen.objective(), network, test);
    OutputMeaning meaning = new OutputMeaning(schema, chosen.loss());
    Optional<ConfusionMatrix.Counter> classes = perClass ? Optional.of(counter(schema, test)) : Optional.empty();
    Optional<MostWrong> worst = mostWrong.observer(meaning, test.targets());
    Evaluation evaluation;
    try (EvaluationPlan plan =
        new EvaluationPlan(network, test, chosen.preprocessing(), objective, batch, device.device(), device.traits())) {
      evaluation = plan.evaluate(weights, Stream.of(classes, worst).flatMap(Optional::stream).toList());
    }
    String result =
        String.format(
            Locale.ROOT, "%s on %s test %s in '%s': loss %.4f%s", network.name(), count(test, all.examples()), schema.words(),
            data.testPath(), evaluation.loss(), metrics(evaluation));
    PrintWriter out = spec.commandLine().getOut();
    out.println(result);
    classes.ifPresent(counter -> counter.matrix().lines().forEach(out::println));
    worst.ifPresent(
        found -> {
          mostWrong.write(MostWrongPage.of(network.name(), result, meaning, all, found, test.count()));
          out.println("Most wrong: " + mostWrong.file);
        });
    out.flush();
  }

  private void checkPerClass(DataSchema schema) {
    if (perClass && schema.targets() != TargetKind.classes) {
      throw new UsageException("--per-class is of classes, and the run predicts " + schema.targets() + "; leave it out");
    }
  }

  private static ConfusionMatrix.Counter counter(DataSchema schema, Examples test) {
    List<String> names = IntStream.range(0, schema.outputs()).mapToObj(schema::className).toList();
    return new ConfusionMatrix.Counter((Targets.Classes) test.targets(), names);
  }

  private static Objective fitting(Objective objective, Network network, Examples test) {
    try {
      return objective.of(network, test);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private static String metrics(Evaluation evaluation) {
    return evaluation.metrics().entrySet().stream()
        .map(value -> text(Metrics.of(value.getKey()), value.getValue()))
        .collect(Collectors.joining());
  }

  private static String text(Metric metric, double value) {
    return ", " + metric.title() + " " + Digits.text(metric, value);
  }

  private static Examples limited(Examples examples, Integer limit) {
    return limit == null ? examples : examples.limit(limit);
  }

  private static String count(Examples some, Examples all) {
    return some.count() == all.count()
        ? "%,d".formatted(all.count())
        : "the first %,d of %,d".formatted(some.count(), all.count());
  }
}
