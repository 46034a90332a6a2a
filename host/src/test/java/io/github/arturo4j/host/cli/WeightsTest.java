// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.cli.Cli.Outcome;
import io.github.arturo4j.host.run.HandMade;
import io.github.arturo4j.host.run.RunReader;
import io.github.arturo4j.host.run.SafetensorsFile;
import io.github.arturo4j.host.run.TrainingPosition;
import io.github.arturo4j.host.run.WeightFile;
import io.github.arturo4j.host.train.TrainingSetup;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights that come from elsewhere: evaluated, and trained on. */
class WeightsTest {
  private static final Network NETWORK = ModelZoo.create("fmnist_cnn");
  private static final Pattern EVALUATED = Pattern.compile("loss ([0-9.]+), accuracy ([0-9.]+)\\R");

  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;

  @BeforeAll
  static void writeData() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 60, 40);
  }

  private static Outcome succeeds(Object... words) {
    Outcome outcome = run(words);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome;
  }

  private static Outcome train(Path run, Object... more) {
    Object[] words = {"train", "fmnist_cnn", "--data", data, "--out", run, "--batch-size", 25};
    Object[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return succeeds(all);
  }

  /** A file of those parameters, last one first, and of what else a file may have. */
  private static Path write(Path file, String type, float[] parameters) throws IOException {
    HandMade made = new HandMade().add("global_step", "I32", List.of(), 3);
    for (ParameterSpec spec : NETWORK.parameters().reversed()) {
      double[] values = new double[spec.size()];
      Arrays.setAll(values, i -> parameters[spec.offset() + i]);
      made.add(spec.name(), type, Arrays.stream(spec.shape()).boxed().toList(), values);
    }
    return made.write(file);
  }

  private Path random(long seed) throws IOException {
    return write(own.resolve("random-" + seed + ".safetensors"), "F32", NETWORK.initialParameters(seed));
  }

  private static byte[] testLabels() throws IOException {
    try (DataInputStream in =
        new DataInputStream(new GZIPInputStream(Files.newInputStream(data.resolve("t10k-labels-idx1-ubyte.gz"))))) {
      in.skipNBytes(8);
      return in.readAllBytes();
    }
  }

  /**
   * Great last weights of either sign: behind a faint layer the logits are finite, but no gradient is, unless the last
   * class, which is always found, is right.
   */
  private Path great() throws IOException {
    float[] parameters = NETWORK.initialParameters(1);
    for (ParameterSpec spec : NETWORK.parameters()) {
      for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
        if (spec.name().startsWith("12.")) {
          parameters[i] *= 1e-6f;
        }
        if (spec.name().equals("15.weight")) {
          parameters[i] = Math.copySign(3e38f, parameters[i]);
        }
      }
      if (spec.name().equals("15.bias")) {
        parameters[spec.offset() + 9] = 1e36f;
      }
    }
    return write(own.resolve("great.safetensors"), "F32", parameters);
  }

  @Test
  void aTrainingThatSkipsEveryStepFailsAndSaysWhatToDo() throws IOException {
    Path run = own.resolve("run");
    refused(
        1,
        "arturo: all 3 steps of epoch 1 were skipped, since no gradient was finite; begin with other weights"
            + " (--weights), or without",
        "train", "fmnist_cnn", "--data", data, "--out", run, "--batch-size", 1, "--limit-train", 3, "--epochs", 1,
        "--weights", great());
    assertThat(run.resolve("model.safetensors")).doesNotExist();
  }

  @Test
  void skippedStepsAreTold() throws IOException {
    Outcome outcome =
        succeeds("train", "fmnist_cnn", "--data", data, "--out", own.resolve("run"), "--batch-size", 1, "--epochs", 1,
            "--weights", great());
    assertThat(outcome.out()).containsPattern("\\Repoch 1: [1-5][0-9] of 60 steps skipped, since a gradient was not finite\\R");
  }

  /** Convolutions of zeros let no image through, so that the linear layers alone say what is put out. */
  @Test
  void aFilesLossAndAccuracyAreThoseThatFollowFromItsWeights() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    double[] hiddenBias = random.doubles(256, -4, 4).map(Math::rint).toArray();
    double[] weight = random.doubles(2560, -9, 9).map(w -> Math.rint(w) / 256).toArray();
    double[] bias = random.doubles(10, -9, 9).map(b -> Math.rint(b) / 8).toArray();
    Path file =
        new HandMade()
            .add("15.bias", "F64", List.of(10), bias)
            .add("15.weight", "BF16", List.of(10, 256), weight)
            .add("12.bias", "F16", List.of(256), hiddenBias)
            .add("12.weight", "F32", List.of(256, 1152), new double[256 * 1152])
            .add("8.bias", "F32", List.of(128), new double[128])
            .add("8.weight", "F16", List.of(128, 64, 3, 3), new double[128 * 64 * 9])
            .add("4.bias", "F32", List.of(64), new double[64])
            .add("4.weight", "F16", List.of(64, 32, 3, 3), new double[64 * 32 * 9])
            .add("0.bias", "F32", List.of(32), new double[32])
            .add("0.weight", "F32", List.of(32, 1, 3, 3), new double[32 * 9])
            .write(own.resolve("weights.safetensors"));
    double[] logits = bias.clone();
    double sum = 0;
    for (int c = 0; c < 10; c++) {
      for (int i = 0; i < 256; i++) {
        logits[c] += weight[256 * c + i] * Math.max(0, hiddenBias[i]);
      }
      sum += Math.exp(logits[c]);
    }
    double greatest = Arrays.stream(logits).max().orElseThrow();
    byte[] labels = testLabels();
    double loss = 0;
    double hits = 0;
    for (byte label : labels) {
      loss += Math.log(sum) - logits[label];
      hits += logits[label] == greatest ? 1 : 0;
    }

    Outcome outcome = succeeds("evaluate", file, "--experiment", "fmnist_cnn", "--data", data);
    assertThat(outcome.out()).startsWith("fmnist_cnn on 40 test images in '" + data + "': ");
    Matcher evaluated = EVALUATED.matcher(outcome.out());
    assertThat(evaluated.find()).isTrue();
    assertThat(Double.parseDouble(evaluated.group(1))).isCloseTo(loss / labels.length, within(1e-3));
    assertThat(Double.parseDouble(evaluated.group(2))).isCloseTo(hits / labels.length, within(5.1e-5));
  }

  @Test
  void aRunsWeightsEvaluateAlikeWhereverTheyAre() throws IOException {
    Path run = own.resolve("run");
    train(run, "--epochs", 1);
    Outcome ofRun = succeeds("evaluate", run, "--data", data);
    SafetensorsFile model = SafetensorsFile.read(run.resolve("model.safetensors"));
    float[] parameters = new float[NETWORK.parameterCount()];
    for (ParameterSpec spec : NETWORK.parameters()) {
      System.arraycopy(model.floats(spec.name()).data(), 0, parameters, spec.offset(), spec.size());
    }
    Path file = write(own.resolve("double.safetensors"), "F64", parameters);
    Path yaml = own.resolve("mine.yaml");
    Files.write(yaml, Main.class.getResourceAsStream("/experiments/fmnist_cnn-sgd.yaml").readAllBytes());
    assertThat(succeeds("evaluate", file, "--experiment", yaml, "--data", data).out()).isEqualTo(ofRun.out());
    assertThat(succeeds("evaluate", file, "--experiment", yaml, "--data", data, "--limit-test", 7).out())
        .isEqualTo(succeeds("evaluate", run, "--data", data, "--limit-test", 7).out())
        .contains("on the first 7 of 40 test images in");
  }

  /** With the random weights of its seed in a file, a training is the one without a file, to the bit. */
  @Test
  void aTrainingBeginsWithTheWeightsAndNothingElseOfTheFile() throws Exception {
    Path plain = own.resolve("plain");
    train(plain, "--epochs", 1, "--seed", 5);
    Path same = own.resolve("same");
    Path file = random(5);
    assertThat(train(same, "--epochs", 1, "--seed", 5, "--weights", file).out())
        .contains("Beginning with the weights of " + file + "\n");
    assertThat(ResumeTest.metrics(same)).isEqualTo(ResumeTest.metrics(plain));
    for (String written : List.of("model.safetensors", "precision.safetensors")) {
      assertSameTensors(same.resolve(written), plain.resolve(written));
    }
    Path other = own.resolve("other");
    train(other, "--epochs", 1, "--seed", 5, "--weights", random(6));
    assertThat(ResumeTest.metrics(other)).isNotEqualTo(ResumeTest.metrics(plain));

    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    assertThat(Files.readString(same.resolve("config.yaml")))
        .contains("weights:\n  file: \"" + file.toAbsolutePath() + "\"\n  sha256: \"" + sha256 + "\"\n");
    assertThat(Files.readString(plain.resolve("config.yaml"))).doesNotContain("weights:");
  }

  private static void assertSameTensors(Path file, Path other) {
    try (SafetensorsFile tensors = SafetensorsFile.read(file);
        SafetensorsFile others = SafetensorsFile.read(other)) {
      assertThat(tensors.names()).isEqualTo(others.names());
      for (String name : tensors.names()) {
        assertThat(tensors.floats(name).data()).as(name).isEqualTo(others.floats(name).data());
      }
    }
  }

  @Test
  void anotherRunsWeightsAndAlteredOnesAreNotARuns() throws IOException {
    Path run = own.resolve("run");
    Path other = own.resolve("other");
    train(run, "--epochs", 1, "--seed", 5);
    train(other, "--epochs", 1, "--seed", 6);
    Path model = run.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(model);
    Files.copy(other.resolve("model.safetensors"), model, StandardCopyOption.REPLACE_EXISTING);
    refused(1, "'" + model + "' was written with other settings than those in config.yaml: 'seed: 6' there,"
        + " 'seed: 5' here; put back the file that belongs to the other", "evaluate", run, "--data", data);
    succeeds("evaluate", model, "--experiment", "fmnist_cnn", "--data", data);
    Path longer = own.resolve("longer");
    train(longer, "--epochs", 2, "--seed", 5);
    Files.copy(longer.resolve("model.safetensors"), model, StandardCopyOption.REPLACE_EXISTING);
    refused(1, "'" + model + "' was written after epoch 2, but the run has 1; put back the run's own file", "evaluate",
        run, "--data", data);
    Path fewer = own.resolve("fewer");
    train(fewer, "--epochs", 1, "--seed", 5, "--limit-train", 50);
    Files.copy(fewer.resolve("model.safetensors"), model, StandardCopyOption.REPLACE_EXISTING);
    refused(1, "'" + model + "' was written in a training on 50 training examples of checksum ", "evaluate", run, "--data",
        data);
    byte[] altered = whole.clone();
    altered[altered.length - 1] ^= 1;
    Files.write(model, altered);
    String damaged = "cannot read '" + model + "': its content does not have the checksum it was written with; copy or";
    refused(1, damaged, "evaluate", run, "--data", data);
    refused(1, damaged, "evaluate", model, "--experiment", "fmnist_cnn", "--data", data);
    Files.write(model, whole);
    succeeds("evaluate", run, "--data", data);
  }

  @Test
  void aRunGoesOnToTheBitWithoutTheFile() throws IOException {
    Path file = random(6);
    Path whole = own.resolve("whole");
    train(whole, "--epochs", 2, "--weights", file);
    TrainingSetup training =
        TrainingSetup.of(
                RunReader.config(whole).experiment(), ResumeTest.source(data), null, null, Devices.find(null))
            .startingFrom(WeightFile.open(file));
    Path stopped = own.resolve("stopped");
    assertThat(ResumeTest.trainUntil(stopped, training, 1)).isEqualTo(TrainingPosition.START);
    Path run = own.resolve("run");
    train(run, "--epochs", 1, "--weights", file);
    Files.delete(file);
    succeeds("train", "--resume", stopped, "--data", data);
    ResumeTest.assertSame(stopped, whole);
    assertThat(succeeds("train", "--resume", run, "--data", data, "--epochs", 2).out())
        .contains("Going on in epoch 2").doesNotContain("Beginning");
    ResumeTest.assertSame(run, whole);
    assertThat(run.resolve("config.yaml")).hasSameTextualContentAs(whole.resolve("config.yaml"));

    String config = Files.readString(run.resolve("config.yaml"));
    String without =
        config.lines()
            .filter(line -> !line.matches("weights:|  file: .*|  sha256: .*"))
            .collect(Collectors.joining("\n"));
    Files.writeString(run.resolve("config.yaml"), without);
    refused(1, "other settings than those in config.yaml: 'weights: ", "train", "--resume", run, "--data", data,
        "--epochs", 3);
    String zeros = "0".repeat(64);
    Files.writeString(run.resolve("config.yaml"), config.replaceAll("sha256: \".*\"", "sha256: \"" + zeros + "\""));
    refused(1, "' there, 'weights: " + zeros + "' here", "train", "--resume", run, "--data", data, "--epochs", 3);
    Files.writeString(run.resolve("config.yaml"), config.replaceAll("sha256: \".", "sha256: \""));
    int line = config.lines().toList().indexOf("weights:") + 3;
    refused(1, "config.yaml, line " + line + ": weights.sha256 is '", "train", "--resume", run, "--data", data,
        "--epochs", 3);
  }

  @Test
  void whatDoesNotFitIsOneLineAndNothingIsWritten() throws IOException {
    Path never = own.resolve("never");
    Path file = random(5);
    Path three = SyntheticData.write(own.resolve("three"), 20, 10, 3);
    String classes = "'" + file + "' is for 10 classes (15.weight has shape [10, 256]), but fmnist_cnn is to tell 3";
    refused(1, classes, "train", "fmnist_cnn", "--data", three, "--out", never, "--weights", file);
    refused(1, classes, "evaluate", file, "--experiment", "fmnist_cnn", "--data", three);
    Object[] resNet = {"train", "fmnist_resnet18", "--data", data, "--out", never, "--weights", file};
    refused(1, "has no tensor conv1.weight, so it is no fmnist_resnet18: its tensors are global_step, 15.bias", resNet);
    Path none = own.resolve("none.safetensors");
    refused(1, "cannot read '" + none + "': there is no such file", "train", "fmnist_cnn", "--data", data, "--out",
        never, "--weights", none);
    refused(1, "it is truncated or no safetensors file", "evaluate",
        Files.writeString(own.resolve("model.pt"), "PK and what else a torch.save has"), "--experiment", "fmnist_cnn",
        "--data", data);
    assertThat(never).doesNotExist();
  }

  @Test
  void aFileNeedsAnExperimentAndARunHasOne() throws IOException {
    Path file = random(5);
    refused(2, "'" + file + "' is a file; name a run folder, or the experiment of its network with --experiment",
        "evaluate", file);
    refused(2, "'" + own + "' is a folder, but --experiment is for a file of weights", "evaluate", own, "--experiment",
        "fmnist_cnn");
    refused(2, "unknown experiment 'vgg'", "evaluate", file, "--experiment", "vgg");
    refused(2, "--limit-test is 0", "evaluate", file, "--experiment", "fmnist_cnn", "--limit-test", 0);
  }
}
