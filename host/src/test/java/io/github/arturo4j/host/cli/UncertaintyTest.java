// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.predict.Draws;
import io.github.arturo4j.host.predict.Prediction;
import io.github.arturo4j.host.predict.Predictor;
import io.github.arturo4j.host.run.RunPosterior;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.data.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Posteriors of runs, on the command line and as a library. */
class UncertaintyTest {
  private static final Pattern MEAN = Pattern.compile("Mean of .*: loss ([0-9.]+), accuracy ([0-9.]+), entropy .*");

  @TempDir static Path folder;

  private static Path data;
  private static Path arturo;
  private static Path second;
  private static Path adam;

  @BeforeAll
  static void train() throws IOException {
    data = SyntheticData.write(folder.resolve("data"), 300, 60);
    Path model = folder.resolve("mlp.yaml");
    Files.writeString(
        model,
        """
        name: bars
        model: mlp
        dataset: fashion-mnist
        epochs: 2
        batchSize: 30
        seed: 1
        validation: 0.2
        optimizer:
          name: arturo
        """);
    arturo = train("arturo", model, "--seed", "1", "--freeze", "*.bias");
    second = train("second", model, "--seed", "2", "--freeze", "*.bias");
    adam = train("adam", model, "--optimizer", "adam");
  }

  private static Path train(String name, Path experiment, Object... options) {
    Path run = folder.resolve(name);
    Object[] words = new Object[options.length + 6];
    System.arraycopy(new Object[] {"train", experiment, "--data", data, "--run", run}, 0, words, 0, 6);
    System.arraycopy(options, 0, words, 6, options.length);
    Cli.Outcome outcome = Cli.run(words);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return run;
  }

  private static Cli.Outcome evaluate(Object... words) {
    Object[] all = new Object[words.length + 1];
    all[0] = "evaluate";
    System.arraycopy(words, 0, all, 1, words.length);
    Cli.Outcome outcome = Cli.run(all);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    return outcome;
  }

  private static Matcher mean(Cli.Outcome outcome) {
    Matcher mean = MEAN.matcher(outcome.out().lines().filter(line -> line.startsWith("Mean of ")).findFirst().orElseThrow());
    assertThat(mean.matches()).as(outcome.out()).isTrue();
    return mean;
  }

  @Test
  void theBestEpochsPosteriorHasNoDeviationWhereNothingWasTrained() {
    assertThat(arturo.resolve("best-precision.safetensors")).exists();
    RunPosterior posterior = RunPosterior.read(arturo, RunReader.config(arturo));
    assertThat(posterior.mean()).usingRecursiveComparison().isEqualTo(RunReader.weights(arturo, RunReader.config(arturo)));
    RunReader.config(arturo).network().parameters().forEach(spec -> {
      for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
        if (spec.name().endsWith(".bias")) {
          assertThat(posterior.deviations()[i]).isZero();
        } else {
          assertThat(posterior.deviations()[i]).isPositive().isLessThan(1);
        }
      }
    });
  }

  @Test
  void atTemperatureZeroTheMeanIsThePointEstimate() {
    Cli.Outcome outcome = evaluate(arturo, "--samples", "3", "--posterior-temperature", "0");
    String point = outcome.out().lines().findFirst().orElseThrow();
    assertThat(point).contains(": loss " + mean(outcome).group(1) + ", accuracy " + mean(outcome).group(2));
    assertThat(outcome.out()).contains("Mean of 3 samples of the posterior at temperature 0.00:", "mutual information 0.0000 nats");
    Cli.Outcome hot = evaluate(arturo, "--samples", "3", "--posterior-temperature", "1");
    assertThat(mean(hot).group(1)).isNotEqualTo(mean(outcome).group(1));
    assertThat(evaluate(arturo, "--samples", "3", "--posterior-temperature", "1").out()).as("again").isEqualTo(hot.out());
  }

  @Test
  void aFittedTemperatureIsKeptAndTaken() throws IOException {
    Path run = copy(arturo, "fitted");
    Cli.Outcome fitted = evaluate(run, "--fit-temperature", "--samples", "10");
    Matcher told = Pattern.compile("Temperature of '.*': ([0-9.e-]+), loss ([0-9.]+) of 60 validation .*")
        .matcher(fitted.out().lines().findFirst().orElseThrow());
    assertThat(told.matches()).as(fitted.out()).isTrue();
    assertThat(run.resolve("posterior.yaml")).content().contains("temperature: ", "samples: 10", "examples: 60");
    assertThat(fitted.out()).contains("Mean of 10 samples of the posterior at temperature " + told.group(1));
    try (Predictor predictor = Predictor.open(run, Draws.posterior(10), null, Devices.find(null))) {
      assertThat(predictor.draws().temperature()).isCloseTo(Double.parseDouble(told.group(1)), within(0.01));
    }
    Files.writeString(run.resolve("posterior.yaml"), "temperature: -1\nepoch: 1\nsamples: 1\nexamples: 1\nloss: 1\n");
    Cli.refused(1, "temperature is -1.0; it must be 0 or greater", "evaluate", run, "--samples", "2");
    Cli.refused(1, "delete it, and fit the temperature anew", "evaluate", run, "--samples", "2");
  }

  private static Path copy(Path run, String name) throws IOException {
    Path to = Files.createDirectory(folder.resolve(name));
    try (var files = Files.list(run)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return to;
  }

  @Test
  void assessesEveryWayToPredict() throws IOException {
    Path report = folder.resolve("calibration.html");
    Cli.Outcome outcome =
        evaluate(arturo, second, adam, "--calibration", "--samples", "4", "--posterior-temperature", "0.1", "--report", report);
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines.get(0)).contains("on 60 test images in");
    assertThat(lines.get(1)).matches("prediction +accuracy +NLL +Brier +ECE +AUROC noise +AUROC shuffled pixels +AUROC rotated");
    assertThat(lines.subList(2, 6)).satisfiesExactly(
        line -> assertThat(line).startsWith("bars: point estimate "),
        line -> assertThat(line).startsWith("bars: 4 samples, T 0.10 "),
        line -> assertThat(line).startsWith("bars: ensemble of 2 "),
        line -> assertThat(line).startsWith("bars-adam: point estimate "));
    assertThat(report).content().contains("bars: ensemble of 2", "<polyline", "confidence");
    Cli.Outcome two = evaluate(arturo, second);
    assertThat(lines.get(4)).contains(mean(two).group(1)).contains(mean(two).group(2));
  }

  @Test
  void predictionsTellTheirSpread() throws IOException {
    byte[] pixels = new byte[3 * 784];
    new Random(1).nextBytes(pixels);
    Features images = Features.of(pixels, 1, 28, 28);
    try (Predictor predictor = Predictor.open(arturo, Draws.posterior(5).temperature(1), null, Devices.find(null));
        Predictor point = Predictor.open(arturo, Devices.find(null))) {
      Prediction drawn = predictor.predict(images).getFirst();
      assertThat(drawn.spread().mutualInformation()).isPositive();
      assertThat(predictor.predict(images).getFirst()).isEqualTo(drawn);
      assertThat(predictor.predict(images, 0).getFirst().values()).isEqualTo(point.predict(images).getFirst().values());
      assertThat(point.predict(images).getFirst().spread()).isNull();
    }
    Path array = folder.resolve("x.npy");
    try (var out = Files.newOutputStream(array)) {
      byte[] header = "\u0093NUMPY\u0001\u0000v\u0000{'descr': '|u1', 'fortran_order': False, 'shape': (3, 1, 28, 28), }"
          .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      out.write(java.util.Arrays.copyOf(header, 127));
      out.write('\n');
      out.write(pixels);
    }
    Cli.Outcome csv = Cli.run("predict", arturo, array, "--samples", "5");
    assertThat(csv.out()).as(csv.err()).startsWith("input,prediction,probability,entropy,mutual_information\n");
    assertThat(Cli.run("predict", arturo, array, "--samples", "5", "--format", "json").out()).contains("\"mutual_information\":");
  }

  @Test
  void aPrunedNetworkIsMeasuredAndWritten() {
    Path file = folder.resolve("pruned.safetensors");
    Cli.Outcome outcome = Cli.run("prune", arturo, "--share", "0.5", "--out", file);
    assertThat(outcome.code()).as(outcome.err()).isZero();
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines.get(0)).startsWith("accuracy of mlp on 60 test images; weights that can be removed: ");
    assertThat(lines.get(1)).matches("removed +signal-to-noise +magnitude");
    String half = lines.stream().filter(line -> line.startsWith("   0.50")).findFirst().orElseThrow().strip().split(" +")[1];
    Cli.Outcome written = evaluate(file, "--experiment", folder.resolve("mlp.yaml"), "--data", data);
    assertThat(written.out()).contains("accuracy " + half);
    assertThat(Cli.run("prune", adam).out()).contains("magnitude").doesNotContain("signal-to-noise");
    Cli.refused(2, "--share, and --by if it is given, say what to write to --out FILE", "prune", arturo, "--share", "0.5");
    Cli.refused(2, "--share is 2.0; it must be from 0 to 1", "prune", arturo, "--share", "2", "--out", file);
    Cli.refused(
        2, "optimizer adam has none; take --by magnitude", "prune", adam, "--share", "0.5", "--by", "signal-to-noise", "--out", file);
  }

  @Test
  void whatHasNoPosteriorIsRefusedInOneLine() throws IOException {
    Cli.refused(
        1, "has no precision.safetensors, and so no posterior: optimizer adam keeps no Gaussian of a weight", "evaluate", adam,
        "--samples", "3");
    Cli.refused(1, "has no dropout: its network mlp has no layer that drops anything", "evaluate", adam, "--mc-dropout");
    Cli.refused(2, "--posterior-temperature is of the posterior's samples", "evaluate", arturo, "--posterior-temperature", "1");
    Cli.refused(2, "--samples is 0; it must be at least 1", "predict", arturo, "x.png", "--samples", "0");
    Cli.refused(2, "--report is of --calibration; give both", "evaluate", arturo, "--report", folder.resolve("r.html"));
    Path mixed = copy(arturo, "mixed");
    Files.copy(second.resolve("best-precision.safetensors"), mixed.resolve("best-precision.safetensors"),
        StandardCopyOption.REPLACE_EXISTING);
    Cli.refused(1, "are not of the same epoch of the same run", "evaluate", mixed, "--samples", "2");
  }
}
