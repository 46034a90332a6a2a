// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.arturo4j.host.metrics.MetricsServer;
import io.github.arturo4j.host.run.SafetensorsFile;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line end to end, in this process, on a small data set. */
class CommandLineTest {
  @TempDir static Path shared;
  @TempDir Path own;
  private static Path data;

  @BeforeAll
  static void writeData() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 600, 100);
  }

  @Test
  void trainsAndLeavesARunThatEvaluatesToTheSameAccuracy() throws IOException {
    Path run = own.resolve("run");
    Cli.Outcome trained = run("train", "fmnist_cnn", "--data", data, "--out", run, "--epochs", 6, "--batch-size", 50);
    assertThat(trained.err()).isEmpty();
    assertThat(trained.code()).isZero();
    List<String> lines = Files.readAllLines(run.resolve("metrics.csv"));
    assertThat(lines).hasSize(7);
    assertThat(lines.getFirst().split(",")).hasSize(13);
    assertThat(lines.getLast().split(",")).hasSize(13);
    String accuracy = lines.getLast().split(",")[5];
    assertThat(Double.parseDouble(accuracy)).isGreaterThan(0.5);
    assertThat(Double.parseDouble(lines.getLast().split(",")[2]))
        .isLessThan(Double.parseDouble(lines.get(1).split(",")[2]));
    assertThat(Files.readString(run.resolve("config.yaml")))
        .contains("klBound: 0.08567456308209788", "batchSize: 50", "epochs: 6", "java: ", "device: ", "seed: 42");
    for (String file : List.of("model.safetensors", "precision.safetensors")) {
      SafetensorsFile tensors = SafetensorsFile.read(run.resolve(file));
      assertThat(tensors.names()) // those of an nn.Sequential
          .containsExactlyInAnyOrder(
              "0.weight", "0.bias", "4.weight", "4.bias", "8.weight", "8.bias", "12.weight", "12.bias", "15.weight",
              "15.bias");
      assertThat(tensors.shape("0.weight")).containsExactly(32, 1, 3, 3);
      assertThat(tensors.metadata()).containsAllEntriesOf(Map.of("model", "fmnist_cnn", "epoch", "6", "format", "pt"));
    }
    assertThat(SafetensorsFile.read(run.resolve("precision.safetensors")).floats("15.bias").data())
        .isEqualTo(lastPrecisions(run))
        .doesNotContain(100f); // where they begin
    assertThat(run.resolve("plot.svg")).content().startsWith("<svg ").contains(">train, epoch 6: ", ">test, epoch 6: ");
    assertThat(run.toFile().list()).containsExactlyInAnyOrder(
        ".lock", "config.yaml", "metrics.csv", "model.safetensors", "precision.safetensors", "diagnostics.csv", "plot.svg",
        "checkpoint.safetensors");

    Cli.Outcome evaluated = run("evaluate", run, "--data", data);
    assertThat(evaluated.code()).isZero();
    assertThat(evaluated.out())
        .contains(String.format(java.util.Locale.ROOT, "accuracy %.4f", Double.parseDouble(accuracy)));
  }

  /** Those of the last ten parameters, from the checkpoint. */
  private static float[] lastPrecisions(Path run) {
    float[] all = SafetensorsFile.read(run.resolve("checkpoint.safetensors")).floats("optimizer.precision").data();
    return Arrays.copyOfRange(all, all.length - 10, all.length);
  }

  @Test
  void theSameSeedGivesTheSameBits() throws IOException {
    byte[][] models = new byte[2][];
    for (int i = 0; i < 2; i++) {
      Path run = own.resolve("run" + i);
      run("train", "fmnist_cnn", "--data", data, "--out", run, "--epochs", 1, "--limit-train", 170, "--seed", 7);
      models[i] = Files.readAllBytes(run.resolve("model.safetensors"));
    }
    assertThat(models[0]).isEqualTo(models[1]);
  }

  @Test
  void wrongUsageIsOneLineAndExitCodeTwo() throws IOException {
    refused(2, "unknown experiment 'mnist'; there are: fmnist_cnn", "train", "mnist");
    refused(2, "no device '7:7'; there are: " + Devices.find(null).id() + " (", "train", "fmnist_cnn", "--device", "7:7");
    refused(2, "--colour", "train", "fmnist_cnn", "--colour", "red");
    refused(2, "--kl-bound is 0.0; it must be positive", "train", "fmnist_cnn", "--kl-bound", "0");
    refused(2, "--kl-bound is -1.0", "train", "fmnist_cnn", "--kl-bound", "-1");
    refused(2, "--kl-bound is NaN", "train", "fmnist_cnn", "--kl-bound", "NaN");
    refused(2, "--batch-size) is 0; it must be between", "train", "fmnist_cnn", "--batch-size", "0");
    refused(2, "--epochs) is -3; it must be at least 1", "train", "fmnist_cnn", "--epochs", "-3");
    refused(2, "--limit-train is 0; it must be at least 1", "train", "fmnist_cnn", "--data", data, "--limit-train", 0);
    refused(2, "'fast'", "train", "fmnist_cnn", "--mode", "fast");
    refused(2, "--optimizer is 'rms'; there are: arturo, adam, adamw, sgd, adaptive, lion, rmsprop, nadam",
        "train", "fmnist_cnn-sgd", "--optimizer", "rms");
    refused(2, "--mode is paper, but adam has no such option", "train", "fmnist_cnn-adam", "--mode", "paper");
    refused(2, "--mode is robust, but the optimizer is adaptive; leave --mode out, or train with --optimizer arturo",
        "train", "fmnist_cnn", "--optimizer", "adaptive", "--mode", "robust");
    refused(2, "--mode is adaptive, which is compared under a name of its own; give --optimizers arturo,adaptive",
        "compare", "fmnist_cnn", "--mode", "adaptive");
    refused(2, "--kl-bound is 0.1, but sgd has no such option; its rate is --learning-rate",
        "train", "fmnist_cnn", "--optimizer", "sgd", "--kl-bound", "0.1");
    refused(2, "--learning-rate is 0.1, but arturo has no such option; its rate is --kl-bound",
        "train", "fmnist_cnn-adam", "--optimizer", "arturo", "--learning-rate", "0.1");
    refused(2, "--learning-rate is 0.0; it must be positive", "train", "fmnist_cnn-adamw", "--learning-rate", "0");
    refused(2, "there is no such file", "train", own.resolve("none.yaml"));
    Path full = Files.createDirectory(own.resolve("full"));
    Files.writeString(full.resolve("precious"), "x");
    refused(2, "is not empty; nothing was changed", "train", "fmnist_cnn", "--data", data, "--out", full);
    assertThat(full.toFile().list()).containsExactly("precious");
    refused(2, "is a file; name a new folder", "train", "fmnist_cnn", "--data", data, "--out", full.resolve("precious"));
    assertThat(Files.readString(full.resolve("precious"))).isEqualTo("x");
  }

  @Test
  void badDataIsOneLineAndExitCodeOne() throws IOException {
    refused(1, "there is no such folder", "train", "fmnist_cnn", "--data", own.resolve("nowhere"));
    refused(1, "has no images in MNIST's format (train-images-idx3-ubyte, ", "train", "fmnist_cnn", "--data", own);
    Path broken = SyntheticData.write(own.resolve("broken"), 20, 10);
    Path images = broken.resolve("train-images-idx3-ubyte.gz");
    byte[] whole = Files.readAllBytes(images);
    Files.write(images, java.util.Arrays.copyOf(whole, whole.length / 2));
    refused(1, "is truncated: its gzip data end too early", "train", "fmnist_cnn", "--data", broken);
    Files.write(images, Files.readAllBytes(broken.resolve("train-labels-idx1-ubyte.gz")));
    refused(1, "has 1 dimension, not 3", "train", "fmnist_cnn", "--data", broken);
    Path runs = own.resolve("never");
    refused(1, "has 1 dimension", "train", "fmnist_cnn", "--data", broken, "--out", runs);
    assertThat(runs).doesNotExist();
  }

  @Test
  void aFolderThatIsNoRunCannotBeEvaluated() throws IOException {
    refused(1, "'" + own + "' holds no run: it has no config.yaml; name the folder of one", "evaluate", own);
    refused(1, "holds no run: there is no such folder", "evaluate", own.resolve("none"));
    Path run = own.resolve("run");
    run("train", "fmnist_cnn", "--data", data, "--out", run, "--epochs", 1, "--limit-train", 60);
    Path model = run.resolve("model.safetensors");
    byte[] whole = Files.readAllBytes(model);
    Files.write(model, java.util.Arrays.copyOf(whole, whole.length - 4));
    refused(1, "it is truncated: it has 1561636 bytes of values, and its header tells of 1561640", "evaluate", run,
        "--data", data);
    Files.delete(model);
    refused(1, "no epoch of it was finished", "evaluate", run, "--data", data);
    Path config = run.resolve("config.yaml");
    Files.writeString(
        config, Files.readString(config).replaceFirst("(?s)experiment:\n.*\nschema:", "experiment: null\nschema:"));
    String damaged =
        config + ", line 1: key 'experiment' is empty; it must be a section of the keys: name, model, dataset,";
    String remedy = "; the file is not as the training wrote it: undo what was changed";
    refused(1, damaged, "evaluate", run, "--data", data);
    refused(1, remedy, "evaluate", run, "--data", data);
    refused(1, damaged, "train", "--resume", run, "--data", data);
  }

  @Test
  void tooLittleMemoryIsOneLineAndExitCodeOne() throws Exception {
    assumeTrue(DeviceTraits.of(Devices.find(null).device()).plainJvm(), "the heap is not the device's memory");
    Path err = own.resolve("err");
    Process process =
        new ProcessBuilder(
                Cli.command(
                    List.of("-Xmx48m"), "train", "fmnist_cnn", "--data", data, "--out", own.resolve("run"),
                    "--batch-size", 600))
            .redirectError(err.toFile())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(Files.readAllLines(err))
        .filteredOn(line -> !line.startsWith("WARNING")) // of the JVM itself
        .singleElement().asString().startsWith("arturo: out of memory (").contains("--batch-size", "-Xmx8g");
  }

  @Test
  void aStepIsTimed() {
    Cli.Outcome timed = run("bench", "step", "--model", "fmnist_cnn", "--batch-size", 2, "--optimizers", "sgd,adam");
    assertThat(timed.err()).isEmpty();
    assertThat(timed.out())
        .contains("steps of fmnist_cnn, 390,410 parameters, batch 2\n", "optimizer ms")
        .containsPattern("(?m)^sgd( +[0-9.]+){3} +[0-9]+ +[0-9]+ +[1-9][0-9]* +[0-9.]+$")
        .containsPattern("(?m)^adam ");
    refused(2, "--batch-size is 0", "bench", "step", "--batch-size", 0);
    refused(2, "there is no experiment, network or run 'vgg'; 'arturo experiments' and", "bench", "step", "--model", "vgg");
    refused(2, "'lionn'; there are: arturo, adam", "bench", "step", "--optimizers", "lionn");
  }

  @Test
  void helpVersionDevicesAndCompletionAnswer() {
    assertThat(run("--help").out()).contains("train", "experiments", "evaluate", "devices", "doctor", "bench", "Exit codes");
    assertThat(run("train", "--help").out()).contains("--kl-bound", "--optimizer", "--learning-rate", "--limit-test", "--metrics-port");
    assertThat(run("--version").out()).contains("arturo4j 0", "Java 25");
    assertThat(run("devices", "--device", "jvm").out()).matches("jvm +JAVA .*\\R");
    assertThat(run("devices", "--device", "0:0").out()).startsWith(Devices.find(null).id() + " ").hasLineCount(1);
    refused(2, "--device: no device '7:7'", "devices", "--device", "7:7");
    refused(2, "Unknown option", "devices", "--print-kernels", "kernels");
    refused(2, "Unknown option", "bench", "gemm", "--data", "images");
    assertThat(run("devices").out())
        .contains(Devices.find(null).id() + " ")
        .containsPattern("(?m)^jvm +JAVA +[0-9.]+ GiB  JVM, ");
    assertThat(run("generate-completion").out()).contains("_complete_arturo");
  }

  @Test
  void aWordMayBeginWithAnAtSign() {
    refused(1, "'@run", "evaluate", "@run");
    refused(2, "unknown experiment '@@fmnist_cnn'", "train", "@@fmnist_cnn");
  }

  @Test
  void numbersLookTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(run("devices", "--device", "jvm").out()).containsPattern(" [0-9]+\\.[0-9] GiB ");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void whereMetricsCannotBeServedNothingIsTrained() throws Exception {
    Path run = own.resolve("other");
    Object[] train = {"train", "fmnist_cnn", "--data", data, "--out", run};
    try (MetricsServer server = new MetricsServer(null, 0)) {
      refused(1, "cannot listen on --metrics-port " + server.port() + ": another program listens there; choose",
          with(train, "--metrics-port", server.port()));
    }
    refused(2, "--metrics-port is 70000; it must be between 0 (any free port) and 65535",
        with(train, "--metrics-port", 70_000));
    refused(1, "--metrics-address is '192.0.2.1', which is no address of this machine; leave it out",
        with(train, "--metrics-port", 0, "--metrics-address", "192.0.2.1"));
    refused(2, "--metrics-address is '127.0.0.1', but there is no --metrics-port; give both or none",
        with(train, "--metrics-address", "127.0.0.1"));
    refused(2, "--metrics-address is empty; leave it out", with(train, "--metrics-port", 0, "--metrics-address", ""));
    assertThat(run).doesNotExist();
  }

  private static Object[] with(Object[] command, Object... more) {
    return Stream.concat(Stream.of(command), Stream.of(more)).toArray();
  }

  /** Commands that are not asked for are mentioned only, which nobody may notice. */
  @Test
  void helpMentionsEveryCommandAsIfItWereWhole() {
    String whole = Main.commandLine().getUsageMessage();
    assertThat(Cli.run("--help").out()).isEqualTo(whole);
    for (String name : Main.commandLine().getSubcommands().keySet()) {
      assertThat(Cli.run(name, "--help").out())
          .isEqualTo(Main.commandLine().getSubcommands().get(name).getUsageMessage());
      assertThat(Cli.run("--stacktrace", name, "--help").code()).isZero();
    }
    assertThat(Cli.run("generate-completion").out()).contains("--batch-size", "--optimizers", "--limit-test");
  }
}
