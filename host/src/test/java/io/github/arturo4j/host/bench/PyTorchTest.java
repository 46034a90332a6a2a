// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The conversation with PyTorch, whose part a shell script plays. */
@DisabledOnOs(OS.WINDOWS)
class PyTorchTest {
  private static final Work WORK = new Work.Convolution(new ConvolutionShape(1, 2, 9, 8, 3, 5, 2, 4), 6);

  @TempDir Path folder;

  private String interpreter(String... lines) throws IOException {
    Path file = folder.resolve("python");
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file.toString();
  }

  private PyTorch start(String... lines) throws IOException {
    return PyTorch.start(interpreter(lines), "cpu", 3);
  }

  @Test
  void oneProcessIsAskedRepeatedly() throws IOException {
    String log = "'" + folder.resolve("log") + "'";
    try (PyTorch peer = start("echo \"$1 $3 $4 $#\" >>" + log, "echo \"PyTorch 9, $4 threads\"",
        "n=0; while read -r line; do n=$((n+1)); echo \"$line\" >>" + log + "; echo \"$n 2.5e-05\"; done")) {
      assertThat(peer.version()).isEqualTo("PyTorch 9, 3 threads");
      OptimizerConfig adam = Experiments.find("fmnist_cnn", "adam").optimizer();
      var work =
          Work.Training.of(ModelZoo.create("cifar100_cnn"), adam, 5, 10, 7, Work.Training.Statistic.sum);
      assertThat(peer.time(2, work)).containsExactly(1, 2.5e-5);
      assertThat(peer.time(2, WORK)).containsExactly(2, 2.5e-5);
    }
    List<String> lines = Files.readAllLines(folder.resolve("log"));
    assertThat(lines).hasSize(3).startsWith("-c cpu 3 4").endsWith(
        "{\"work\":\"convolution\",\"shape\":{\"batch\":1,\"inChannels\":2,\"inHeight\":9,\"inWidth\":8,"
            + "\"outChannels\":3,\"kernel\":5,\"stride\":2,\"padding\":4},\"runs\":6}");
    JsonNode work = new ObjectMapper().readTree(lines.get(1));
    assertThat(work.at("/work").asText()).isEqualTo("training");
    assertThat(work.at("/optimizer/name").asText()).isEqualTo("adam");
    assertThat(work.at("/optimizer/beta1").asDouble()).isEqualTo(0.9452561249176903);
    assertThat(work.at("/outputs").asInt()).isEqualTo(100);
    assertThat(work.at("/input").toString()).isEqualTo("[3,32,32]");
    assertThat(work.at("/runs").asInt()).isEqualTo(7);
    assertThat(work.at("/statistic").asText()).isEqualTo("sum");
  }

  @Test
  void whatIsNotThereIsNamed() {
    String none = folder.resolve("none").toString();
    assertThatThrownBy(() -> PyTorch.start(none, "cpu", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("\"" + none + "\"", "name a Python interpreter that has PyTorch");
  }

  @Test
  void anInterpreterWithoutPyTorchIsNamedWithItsOwnWords() throws IOException {
    String python = interpreter("printf 'Traceback:\\nModuleNotFoundError: No module named torch\\n\\n' >&2", "exit 1");
    assertThatThrownBy(() -> PyTorch.start(python, "cuda", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + python + "' does not start PyTorch for device cuda: exit code 1, ModuleNotFoundError:"
            + " No module named torch; name a Python interpreter that has PyTorch for this device");
  }

  @Test
  void anotherProgramIsNoInterpreter() throws IOException {
    String pid = "echo $$ >'" + folder.resolve("pid") + "'";
    assertThatThrownBy(() -> start(pid, "echo y", "exec sleep 1000"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("it answers 'y'");
    assertThatItEnds();
  }

  @Test
  void aDeathIsToldWithTheLastWords() throws IOException {
    try (PyTorch peer =
        start("echo PyTorch 9", "read -r line", "echo warning >&2", "echo 'MemoryError: too large' >&2", "exit 3")) {
      for (int again = 0; again < 2; again++) { // the second time, nobody reads the work
        assertThatThrownBy(() -> peer.time(1, WORK))
            .isInstanceOf(IllegalStateException.class)
            .hasMessage("PyTorch in '" + folder.resolve("python") + "' ended: exit code 3, MemoryError: too large");
      }
    }
    try (PyTorch peer = start("echo PyTorch 9", "read -r line", "kill -9 $$")) {
      assertThatThrownBy(() -> peer.time(1, WORK)).hasMessageEndingWith("ended: exit code 137, no message");
    }
  }

  @Test
  void aProcessThatOnlyLivesOnIsNotWaitedFor() throws IOException {
    try (PyTorch peer = start("echo PyTorch 9", "exec sleep 1000 >/dev/null 2>&1")) {
      assertThatThrownBy(() -> peer.time(1, WORK)).hasMessageEndingWith("listens and answers no more");
    }
  }

  @Test
  void anAnswerThatIsNoTimesIsShown() throws IOException {
    String read = "read -r line";
    try (PyTorch peer = start("echo PyTorch 9", read, "echo fast", read, "echo 1 2", read)) {
      assertThatThrownBy(() -> peer.time(1, WORK))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith("answers 'fast' instead of 1 times in seconds");
      assertThatThrownBy(() -> peer.time(1, WORK)).hasMessageEndingWith("answers '1 2' instead of 1 times in seconds");
    }
  }

  @Test
  void closingEndsTheProcess() throws IOException {
    start("echo $$ >'" + folder.resolve("pid") + "'", "echo PyTorch 9", "exec sleep 1000").close();
    assertThatItEnds();
  }

  private void assertThatItEnds() throws IOException {
    long pid = Long.parseLong(Files.readString(folder.resolve("pid")).strip());
    ProcessHandle.of(pid).ifPresent(
        process -> assertThat(process.onExit().orTimeout(60, TimeUnit.SECONDS).join()).isNotNull());
  }

  @Test
  void bothSidesTakeTurnsAndTheBestOfEachPartCounts() throws IOException {
    Path log = folder.resolve("log");
    Queue<List<Times>> ours =
        new ArrayDeque<>(List.of(List.of(Times.of(2), Times.of(8)), List.of(Times.of(4), Times.of(5))));
    try (PyTorch peer = start("echo PyTorch 9",
        "for answer in '6 9 1' '3 20 1'; do read -r line; echo theirs >>'" + log + "'; echo \"$answer\"; done")) {
      SideBySide times = SideBySide.measure(2, () -> {
        append(log, "ours\n");
        return ours.remove();
      }, peer, WORK);
      assertThat(times.ours()).containsExactly(Times.of(2), Times.of(5));
      assertThat(times.theirs()).containsExactly(3, 9, 1);
      assertThat(times.theirs(1)).isEqualTo(9);
    }
    assertThat(log).hasContent("ours\ntheirs\nours\ntheirs\n");
  }

  private static void append(Path file, String text) {
    try {
      Files.writeString(file, (Files.exists(file) ? Files.readString(file) : "") + text);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void withoutPyTorchOursAreTimedOnce() {
    Queue<List<Times>> ours = new ArrayDeque<>(List.of(List.of(Times.of(2))));
    SideBySide times = SideBySide.measure(2, ours::remove, null, WORK);
    assertThat(times.ours()).containsExactly(Times.of(2));
    assertThat(times.theirs()).isNull();
    assertThat(times.theirs(0)).isNull();
  }

  private static String script() throws IOException {
    try (InputStream in = PyTorch.class.getResourceAsStream("/bench/peer.py")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theScriptKnowsEveryNetworkAndOptimizer() throws IOException {
    String script = script();
    assertThat(ModelZoo.ofPaper()).allSatisfy(name -> assertThat(script).contains("    \"" + name + "\": "));
    assertThat(Optimizers.names()).allSatisfy(name -> assertThat(script).contains("if name == \"" + name + "\":"));
  }

  @Test
  void theScriptIsPython() throws Exception {
    assumeTrue(exitCode("", "sh", "-c", "python3 --version") == 0, "there is no python3 on the PATH");
    String parse = "import ast, sys; ast.parse(sys.stdin.buffer.read())";
    assertThat(exitCode("def", "python3", "-c", parse)).isNotZero();
    assertThat(exitCode(script(), "python3", "-c", parse)).isZero();
  }

  private int exitCode(String input, String... command) throws Exception {
    Path file = Files.writeString(folder.resolve("input"), input);
    return new ProcessBuilder(command)
        .redirectInput(file.toFile())
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
