// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.TaskGraph;

/** {@code --profile}, {@code --cuda-graphs}, {@code --print-kernels} and {@code bench model}. */
class DiagnosticsTest {
  private static final boolean TORNADOVM = TaskGraph.class.getModule().isNamed();

  @TempDir static Path shared;
  @TempDir Path temporary;
  private static Path data;

  @BeforeAll
  static void writeData() throws IOException {
    data = SyntheticData.write(shared.resolve("data"), 60, 10);
  }

  private Cli.Outcome train(Object... more) {
    List<Object> arguments =
        new java.util.ArrayList<>(
            List.of("train", "fmnist_cnn", "--data", data, "--batch-size", "10", "--out", temporary.resolve("run")));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray());
  }

  @Test
  void aProfileSaysWhereAStepsTimeGoes() throws IOException {
    Cli.Outcome outcome = train("--epochs", "2", "--profile");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("Where a step's time goes, means of 2 profiled steps", "host overhead", "  updateGaussian", "Done: ")
        .containsPattern("(?m)^launches of a full step: [1-9][0-9]*, in graphs of TornadoVM: [1-9][0-9]*$");
    List<String> csv = Files.readAllLines(temporary.resolve("run/profile.csv"));
    assertThat(csv.getFirst()).isEqualTo("step,group,item,microseconds,bytes");
    assertThat(csv)
        .anyMatch(line -> line.matches("6,forward,convolution0,[0-9.]+,"))
        .anyMatch(line -> line.matches("11,transfers,copy_in,[0-9.]+,[1-9][0-9]*"))
        .anyMatch(line -> line.matches("11,step,wall,[0-9.]+,"));
    JsonNode json = new ObjectMapper().readTree(temporary.resolve("run/profile.json").toFile());
    double sum = json.get("hostMicros").asDouble() + json.get("copyInMicros").asDouble()
        + json.get("copyOutMicros").asDouble();
    for (JsonNode task : json.get("tasks")) {
      sum += task.get("kernelMicros").asDouble();
    }
    assertThat(sum).isCloseTo(json.get("stepMicros").asDouble(), org.assertj.core.api.Assertions.within(0.1));
    assertThat(json.get("launches").asInt()).isEqualTo(json.get("tasks").size());
    assertThat(json.get("tasks").get(1).get("flops").asLong()).isPositive();
  }

  @Test
  void aTrainingTooShortForAProfileSaysSo() {
    Cli.Outcome outcome = train("--epochs", "1", "--limit-train", "20", "--profile");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("No profile: the training made too few steps");
    assertThat(temporary.resolve("run/profile.csv")).doesNotExist();
  }

  @Test
  void cudaGraphsAreUsedWhereThereAreSome() {
    Cli.Outcome outcome = train("--epochs", "1", "--limit-train", "20", "--cuda-graphs", "--device", "cpu");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("CUDA graphs: the backend ", " has none; training goes on without them");
    Cli.Outcome asked = train("--epochs", "1", "--limit-train", "20", "--device", "cpu", "--out", temporary.resolve("unasked"));
    assertThat(asked.out()).doesNotContain("CUDA graphs");
    Cli.refused(2, "--profile contradicts --cuda-graphs", "train", "fmnist_cnn", "--profile", "--cuda-graphs");
  }

  @Test
  void theJvmDeviceHasNoKernelsToPrint() {
    assumeFalse(TORNADOVM);
    Path folder = temporary.resolve("kernels");
    for (String command : List.of("train fmnist_cnn", "doctor", "bench loops", "bench model")) {
      Object[] words = (command + " --print-kernels " + folder).split(" ");
      Cli.refused(2, "--print-kernels: the JVM device generates no code", words);
    }
    assertThat(folder).doesNotExist();
  }

  @Test
  void aGpusStepIsPredictedAnywhere() {
    Cli.Outcome outcome = Cli.run("bench", "model", "--gpu", "h100");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("fmnist_cnn, batch of 255: a PREDICTION for NVIDIA H100 SXM; nothing ran there", "MFLOP forward and backward")
        .containsPattern("(?m)^  convolution0BackParameters +1( +[0-9.]+){3} +[0-9.]+%$")
        .containsPattern("(?m)^  updateGaussian +1( +[0-9.]+){3}$")
        .containsPattern("(?m)^NVIDIA H100 SXM +132 +1\\.980 +66\\.9 +3350 ")
        .doesNotContain("evaluateKl2", "measured µs");
  }

  @Test
  void itsSumsAreCutForItsProcessors() {
    String whole = Cli.run("bench", "model", "--gpu", "h100").out();
    String part = Cli.run("bench", "model", "--gpu", "h100", "--processors", "2", "--clock", "1.5", "--launch", "0").out();
    assertThat(whole).contains("linear12Sum");
    assertThat(part).doesNotContain("linear12Sum").containsPattern("(?m)^NVIDIA H100 SXM +2 +1\\.500 +0\\.8 ").contains("0.0 µs a launch");
  }

  /** A GPU of little bandwidth and few processors gains nothing by small transforms; one with nothing but bandwidth does. */
  @Test
  void winogradsProductsArePredictedWhereTheyAreFaster() {
    String transforms = "(?m)^  convolution[0-9]+BackInputPatches +1( +[0-9.]+){3}$";
    List<String> few = List.of("bench", "model", "--gpu", "h100", "--processors", "2", "--bandwidth", "9000");
    String direct = Cli.run(few.toArray()).out();
    String winograd = Cli.run(Stream.concat(few.stream(), Stream.of("--winograd")).toArray()).out();
    assertThat(direct).doesNotContainPattern(transforms);
    assertThat(winograd).containsPattern(transforms);
    assertThat(micros(winograd)).isLessThan(0.9 * micros(direct));
    assertThat(Cli.run("bench", "model", "--gpu", "h100", "--bandwidth", "50", "--winograd").out()).doesNotContainPattern(transforms);
    Cli.refused(2, "--winograd is for a GPU that is predicted; name it with --gpu", "bench", "model", "--winograd");
  }

  private static double micros(String table) {
    Matcher step = Pattern.compile("(?m)^NVIDIA H100 SXM.* ([0-9]+) +[0-9]+$").matcher(table);
    assertThat(step.find()).isTrue();
    return Double.parseDouble(step.group(1));
  }

  @Test
  void aPredictionNeedsAGpuThatIsKnown() {
    Cli.refused(2, "no GPU is known as 'b200'; there are h100, a100, rtx4090, mi300x", "bench", "model", "--gpu", "b200");
    Cli.refused(2, "--clock 1.5 changes a GPU that is predicted; name it with --gpu", "bench", "model", "--clock", "1.5");
    Cli.refused(2, "--launch 2.0 changes one GPU, and 4 are asked for", "bench", "model", "--gpu", "all", "--launch", "2");
    Cli.refused(2, "--bandwidth is -1.0; it must be above 0", "bench", "model", "--gpu", "a100", "--bandwidth", "-1");
    Cli.refused(2, "'--processors'", "bench", "model", "--gpu", "a100", "--processors", "many");
    Cli.refused(2, "nosuch", "bench", "model", "nosuch");
  }
}
