// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The containers' entry point around a real training: stopped by SIGTERM, and started again with the
 * same words. That it goes on to the bit, {@link StopSignalTest} shows.
 */
@DisabledOnOs(OS.WINDOWS)
class ContainerStopTest {
  private static final int STEPS = 300; // so many that a signal comes while there are some left

  @TempDir Path folder;

  private Path layOutTheImage() throws IOException {
    Path entrypoint = folder.resolve("image/docker/entrypoint");
    Files.createDirectories(entrypoint.getParent());
    Files.copy(Path.of("../docker/entrypoint"), entrypoint);
    Path arturo = folder.resolve("image/arturo");
    Files.writeString(arturo, "#!/bin/sh\nexec '" + String.join("' '", Cli.command(List.of())) + "' \"$@\"\n");
    assertThat(arturo.toFile().setExecutable(true)).isTrue();
    return entrypoint;
  }

  private static Process start(
      Path entrypoint, Path run, Path data, Path output, Map<String, String> settings) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            entrypoint.toString(), "train", "fmnist_cnn", "--epochs", "2", "--data", data.toString(),
            "--batch-size", "1", "--limit-train", Integer.toString(STEPS), "--limit-test", "10");
    builder.environment().keySet().removeIf(name -> name.startsWith("ARTURO_"));
    builder.environment().put("ARTURO_RUN", run.toString());
    builder.environment().putAll(settings);
    return builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
  }

  @ParameterizedTest
  @CsvSource({"'',0", "143,143"})
  void aStoppedTrainingGoesOnWhenItIsStartedAgain(String stopCode, int code) throws Exception {
    Path entrypoint = layOutTheImage();
    Path data = SyntheticData.write(folder.resolve("my data"), STEPS, 10);
    Path run = folder.resolve("runs/first");
    Path output = folder.resolve("output");
    Map<String, String> settings = stopCode.isEmpty() ? Map.of() : Map.of("ARTURO_STOP_CODE", stopCode);

    Process first = start(entrypoint, run, data, output, settings);
    try {
      while (!Files.exists(run.resolve("plot.svg"))) { // then the second epoch begins
        assertThat(first.isAlive()).as(Files.readString(output)).isTrue();
        Thread.sleep(10);
      }
      first.destroy(); // SIGTERM to the entry point's process, as a container engine sends it
      assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      first.descendants().forEach(ProcessHandle::destroyForcibly);
      first.destroyForcibly();
    }
    String text = Files.readString(output);
    assertThat(first.exitValue()).as(text).isEqualTo(code);
    assertThat(text).contains("Stopped in epoch 2 after step ");

    Process second = start(entrypoint, run, data, output, settings);
    try {
      assertThat(second.waitFor(600, TimeUnit.SECONDS)).isTrue();
    } finally {
      second.descendants().forEach(ProcessHandle::destroyForcibly);
      second.destroyForcibly();
    }
    text = Files.readString(output);
    assertThat(second.exitValue()).as(text).isZero();
    assertThat(text).contains("Going on in epoch 2 after step ", "Done: " + run);
    assertThat(ResumeTest.metrics(run)).hasSize(3); // a heading, two epochs
  }
}
