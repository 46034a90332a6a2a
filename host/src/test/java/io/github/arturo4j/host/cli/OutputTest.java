// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands, as processes, whose output cannot be written, and where none of it is a terminal. */
@EnabledOnOs(OS.LINUX)
class OutputTest {
  private static final String FULL = "arturo: cannot write the output: no space left on the device; send it elsewhere\n";

  @TempDir Path folder;

  private record Result(int code, String err) {}

  /** Runs arturo in a shell, with what stands behind the words. */
  private Result shell(String redirections, Object... words) throws Exception {
    Path err = folder.resolve("err");
    String[] command =
        Stream.concat(
                Stream.of("bash", "-c", "set -o pipefail; \"$@\" " + redirections, "bash"),
                Cli.command(List.of(), words).stream())
            .toArray(String[]::new);
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    return new Result(process.waitFor(), Cli.text(err));
  }

  @ParameterizedTest
  @CsvSource({"--help", "--version", "experiments", "devices --device jvm", "generate-completion", "train --help"})
  void wordsThatAreLostAreAFailure(String words) throws Exception {
    assertThat(shell("> /dev/full", (Object[]) words.split(" "))).isEqualTo(new Result(1, FULL));
  }

  @Test
  void theReasonIsNamed() throws Exception {
    assertThat(shell("| true", "experiments").err())
        .isEqualTo("arturo: cannot write the output: nobody reads it any more; send it elsewhere\n");
    assertThat(shell(">&-", "--version"))
        .isEqualTo(new Result(1, "arturo: cannot write the output: it is closed; send it elsewhere\n"));
    assertThat(shell("2> /dev/full", "experiments", "--nosuch").code()).isEqualTo(2);
  }

  @Test
  void aTrainingGoesOnToItsEndAllTheSame() throws Exception {
    Path data = SyntheticData.write(folder.resolve("data"), 20, 10);
    Path run = folder.resolve("run");
    Object[] train = {"train", "fmnist_cnn", "--data", data, "--out", run, "--epochs", 1};
    assertThat(shell("> /dev/full", train)).isEqualTo(new Result(1, FULL));
    assertThat(ResumeTest.metrics(run)).hasSize(2);
    assertThat(Cli.run("train", "--resume", run, "--data", data).out()).startsWith("Nothing to do: ");
  }

  @Test
  void aFileGetsNoBar() throws Exception {
    Path data = SyntheticData.write(folder.resolve("data"), 20, 10);
    Object[] train = {"train", "fmnist_cnn", "--data", data, "--out", folder.resolve("run"), "--epochs", 1};
    assertThat(shell("", train)).isEqualTo(new Result(0, ""));
  }
}
