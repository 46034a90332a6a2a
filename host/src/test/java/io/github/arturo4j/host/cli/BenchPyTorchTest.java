// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench --pytorch}, with a shell script for PyTorch, which takes a second for everything. */
@DisabledOnOs(OS.WINDOWS)
class BenchPyTorchTest {
  @TempDir Path folder;
  private Path python;

  @BeforeEach
  void writeAnInterpreter() throws IOException {
    python = interpreter("python", """
        while read -r line; do
          case $line in
            *'"work":"optimizer"'*) echo 1;;
            *'"work":"convolution"'* | *'"work":"linear"'*) echo 1 1 1;;
            *) echo 0.75 0.25;;
          esac
        done
        """);
  }

  private Path interpreter(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/sh\necho $$ >'" + folder.resolve("pid") + "'\necho PyTorch 9, slow\n" + body);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private static String bench(List<Object> words, Object... more) {
    List<Object> all = new ArrayList<>(List.of("bench"));
    all.addAll(words);
    all.addAll(List.of(more));
    Cli.Outcome outcome = Cli.run(all.toArray());
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome.out();
  }

  @Test
  void aStepOfPyTorchFollowsOurs() {
    List<Object> words = List.of("step", "--model", "fmnist_cnn", "--batch-size", 2, "--optimizers", "sgd,adam");
    assertThat(bench(words)).doesNotContain("PyTorch");
    assertThat(bench(words, "--pytorch", python))
        .startsWith("in turns with PyTorch 9, slow\n")
        .contains("   PyTorch's step by ours\n")
        .containsPattern("(?m)^sgd( +[0-9.]+){7}\n  PyTorch +750\\.0 +250\\.0 +1000\\.0 +2 +[0-9.]+$")
        .containsPattern("(?m)^adam .*\n  PyTorch ");
  }

  @Test
  void anOptimizersStepOfPyTorchStandsBesideOurs() {
    assertThat(bench(List.of("optimizer", "--parameters", 100), "--pytorch", python))
        .contains("   PyTorch ms/step   its time by ours\n")
        .containsPattern("(?m)^ +100  arturo \\(paper\\) .*% +1000\\.000 +[0-9.]+$")
        .containsPattern("(?m)^ +100  sgd .*% +1000\\.000 +[0-9.]+$");
  }

  @Test
  void aConvolutionOfPyTorchFollowsOurs() {
    assumeTrue(DeviceTraits.of(Devices.find(null).device()).plainJvm(), "thousands of convolutions take minutes elsewhere");
    assertThat(bench(List.of("convolution", "--batch", 1), "--pytorch", python))
        .containsPattern("(?m)^resnet layer4 \\(linear\\), .*\n  PyTorch +1000\\.00 +1000\\.00 +1000\\.00( +[0-9.]+){6}$")
        .containsPattern("(?m)^cifar_cnn 1, .*\n  PyTorch +1000\\.00 +1000\\.00 +1000\\.00( +[0-9.]+){6}$");
  }

  @Test
  void anEpochOfPyTorchFollowsOurs() throws IOException {
    Path data = SyntheticData.write(folder.resolve("data"), 30, 10);
    assertThat(bench(List.of("epoch", "--data", data), "--pytorch", python))
        .contains("   PyTorch's total by ours\n")
        .containsPattern("(?m)^ +4 .*\nPyTorch +1\\.00 +0\\.75 +0\\.25 +30 +[0-9.]+$");
  }

  @Test
  void aFailureIsOneLine() throws IOException {
    Path none = folder.resolve("none");
    Cli.refused(2, "--pytorch: ", "bench", "optimizer", "--pytorch", none);
    Cli.refused(2, none.toString(), "bench", "epoch", "--pytorch", none);
    Path dying = interpreter("dying", "read -r line\necho 'RuntimeError: no more' >&2\nexit 1\n");
    Cli.refused(1, "PyTorch in '" + dying + "' ended: exit code 1, RuntimeError: no more",
        "bench", "step", "--model", "fmnist_cnn", "--batch-size", 1, "--pytorch", dying);
  }

  @Test
  void itEndsWithUs() throws Exception {
    Path busy = interpreter("busy", "read -r line\ntouch '" + folder.resolve("asked") + "'\nexec sleep 1000\n");
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Cli.command(
                    List.of(), "bench", "step", "--model", "fmnist_cnn", "--batch-size", 1, "--pytorch", busy))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      while (!Files.exists(folder.resolve("asked"))) {
        assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
        Thread.sleep(10);
      }
      ProcessHandle peer =
          ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("pid")).strip())).orElseThrow();
      process.destroy(); // SIGTERM
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(peer.onExit().orTimeout(60, TimeUnit.SECONDS).join()).isNotNull();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
