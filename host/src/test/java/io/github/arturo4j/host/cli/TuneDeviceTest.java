// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.Cli.refused;
import static io.github.arturo4j.host.cli.Cli.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.arturo4j.host.autotune.CutsFile;
import io.github.arturo4j.kernels.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code arturo tune-device}, and the trainings that take what it has found. */
class TuneDeviceTest {
  private static final String MODEL =
      """
      name: small
      model: [{linear: 40}, relu, {linear: outputs}]
      dataset: {name: table, path: %s, target: target}
      validation: 0.2
      batchSize: 64
      epochs: 2
      seed: 3
      optimizer: {name: arturo}
      """;

  @TempDir Path own;

  @Test
  void whatCannotBeTunedIsRefused() {
    refused(2, "there is no experiment, network or run 'nothing'", "tune-device", "nothing");
    refused(2, "--batch-size is 0; it must be between 1 and 65535", "tune-device", "fmnist_cnn", "--batch-size", 0);
    assumeFalse(Cli.onTornadoVm());
    refused(
        2, " has its products made by libraries, so there is nothing to tune; name another device with --device", "tune-device",
        "fmnist_cnn");
  }

  private Path experiment() throws IOException {
    StringBuilder table = new StringBuilder("a,b,target\n");
    for (int i = 0; i < 300; i++) {
      table.append(i % 7).append(',').append(i % 5).append(',').append(i % 7 > i % 5 ? "yes" : "no").append('\n');
    }
    Path data = Files.writeString(own.resolve("train.csv"), table);
    return Files.writeString(own.resolve("small.yaml"), MODEL.formatted(data));
  }

  @Test
  void onTheJvmATrainingHasNothingToTune() throws IOException {
    assumeFalse(Cli.onTornadoVm());
    Path run = own.resolve("run");
    Cli.Outcome trained = run("train", experiment(), "--out", run);
    assertThat(trained.out()).doesNotContain("Kernels: ");
    assertThat(Files.readString(run.resolve("config.yaml"))).doesNotContain("products:");
    assertThat(run("train", experiment(), "--no-autotune", "--out", own.resolve("other")).code()).isZero();
  }

  /** On a device of TornadoVM: measured, kept, taken, told to the run, and gone on with. */
  @Test
  void aTrainingTakesWhatWasFound() throws IOException {
    assumeTrue(Cli.onTornadoVm());
    Path experiment = experiment();
    Cli.Outcome tuned = run("tune-device", experiment);
    assertThat(tuned.err()).isEmpty();
    assertThat(tuned.code()).isZero();
    Path kept = CutsFile.of(Devices.find(null)).path();
    assertThat(tuned.out()).contains("linear forward 64 2 40 ", "linear parameters 64 40 2 biased ", "Kept in " + kept);
    assertThat(Files.readAllLines(kept)).anyMatch(line -> line.startsWith("linear input 64 40 2 = "));
    Path run = own.resolve("run");
    Cli.Outcome trained = run("train", experiment, "--out", run, "--epochs", 1);
    assertThat(trained.code()).isZero();
    Cli.Outcome ruled = run("train", experiment, "--out", own.resolve("ruled"), "--epochs", 1, "--no-autotune");
    assertThat(ruled.out()).doesNotContain("Kernels: ");
    assertThat(Files.readString(own.resolve("ruled/config.yaml"))).doesNotContain("products:");
    Cli.Outcome again = run("train", experiment, "--out", own.resolve("again"), "--epochs", 1);
    assertThat(again.out()).as("all is known").doesNotContain("Kernels: ");
    assertThat(Files.mismatch(run.resolve("model.safetensors"), own.resolve("again/model.safetensors"))).isEqualTo(-1);
    assertThat(run("train", "--resume", run, "--epochs", 2).code()).isZero();
  }
}
