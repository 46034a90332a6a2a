// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoctorTest {
  private static final Devices.Entry DEVICE = Devices.find(null);

  @TempDir Path folder;

  static List<String> names() {
    return Trace.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void theReferenceFollowsTheDoubleTraces(String name) {
    assertThat(TraceReplay.run(Trace.carried(name, "f64"), DEVICE.device())).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theKernelsFollowTheFloatTracesOnEveryDeviceInEveryShape(String name) {
    for (Devices.Entry entry : Devices.list()) {
      for (KernelShape shape : KernelShape.values()) {
        assertThat(TraceReplay.run(Trace.carried(name, "f32"), entry.device(), shape))
            .as(entry.id() + ", " + shape)
            .isEmpty();
      }
    }
  }

  @Test
  void aDeviceThatComputesRightPassesTheExamination() {
    StringWriter out = new StringWriter();
    assertThat(new Doctor(DEVICE, new PrintWriter(out)).examine(true)).isZero();
    assertThat(out.toString())
        .contains("All is right", "ok    a step and an evaluation of fmnist_cnn")
        .doesNotContain("FAULT");
  }

  @Test
  void theNetworkMayBeLeftOut() {
    StringWriter out = new StringWriter();
    assertThat(new Doctor(DEVICE, new PrintWriter(out)).examine(false)).isZero();
    assertThat(out.toString()).contains("ok    trace quad7_fmnist (f32)", "All is right").doesNotContain("evaluation", "FAULT");
  }

  @Test
  void aTraceThatDiffersInOneNumberIsAFault() throws IOException {
    ObjectMapper json = new ObjectMapper();
    for (String dtype : List.of("f32", "f64")) {
      ObjectNode trace;
      try (InputStream in = Trace.class.getResourceAsStream("/traces/quad7_fmnist_" + dtype + ".json")) {
        trace = (ObjectNode) json.readTree(in);
      }
      ArrayNode mean = (ArrayNode) trace.path("steps").path(30).path("mean");
      mean.set(3, mean.get(3).asDouble() + 0.01);
      Path file = folder.resolve(dtype + ".json");
      json.writeValue(file.toFile(), trace);
      StringWriter out = new StringWriter();
      assertThat(new Doctor(DEVICE, new PrintWriter(out)).replay(List.of(file))).isEqualTo(1);
      assertThat(out.toString()).contains("FAULT", "step 31: mean[3] is ", "1 fault on ");
    }
  }

  /** What is done to a whole trace, and what is said then. */
  static Stream<Arguments> damages() {
    return Stream.of(
        damage("lacks an array", t -> step(t).remove("p01"), "steps[0].p01 is missing"),
        damage("has an empty array", t -> step(t).putNull("mean"), "steps[0].mean is missing"),
        damage("has no steps", t -> t.putArray("steps"), "there is no step, so there is nothing to compare"),
        damage("lacks the steps", t -> t.remove("steps"), "steps is missing"),
        damage("has an empty step", t -> ((ArrayNode) t.path("steps")).addNull(), "steps[50] is empty"),
        damage("has nothing to compare", t -> { step(t).putArray("mean"); sums(t).remove("mean"); },
            "mean of step 1 has neither n values nor fewer and a sum"),
        damage("has too many values", t -> ((ArrayNode) step(t).path("p00")).add(1),
            "p00 of step 1 has neither n values nor fewer and a sum"),
        damage("has a sum of nothing", t -> sums(t).put("men", 1), "the sums of step 1 have 'men', of which there is no array"),
        damage("has an empty sum", t -> sums(t).putNull("mean"), "the sum of mean of step 1 is missing"),
        damage("expects infinity", t -> step(t).put("eta", new BigDecimal("1e999")),
            "eta or the KL bound of step 1 is not finite"),
        damage("expects an infinite value", t -> ((ArrayNode) step(t).path("p00")).set(0, new BigDecimal("1e999")),
            "p00 of step 1 is not finite"),
        damage("lacks η", t -> step(t).remove("eta"), "steps[0].eta is missing"),
        damage("lacks a hyperparameter", t -> ((ObjectNode) t.path("hyperparameters")).remove("nu"),
            "the hyperparameter nu is missing"),
        damage("has an empty hyperparameter", t -> ((ObjectNode) t.path("hyperparameters")).putNull("nu"),
            "the hyperparameter nu is missing"),
        damage("has a wrong hyperparameter", t -> ((ObjectNode) t.path("hyperparameters")).put("varInit", -1),
            "varInit is -1.0; it must be positive and finite"),
        damage("is of another type", t -> t.put("dtype", "f16"), "dtype 'f16' is neither f32 nor f64"),
        damage("has another n", t -> t.put("n", 8), "initialMean has not n values"),
        damage("has an unknown key", t -> step(t).put("men", 1), "steps[0].men is no key of a trace"),
        damage("has a word for a number", t -> step(t).put("eta", "1"), "steps[0].eta is not what belongs there"));
  }

  private static Arguments damage(String what, Consumer<ObjectNode> damage, String said) {
    return Arguments.of(what, damage, said);
  }

  private static ObjectNode step(ObjectNode trace) {
    return (ObjectNode) trace.path("steps").path(0);
  }

  private static ObjectNode sums(ObjectNode trace) {
    return (ObjectNode) step(trace).path("sums");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("damages")
  void aTraceThatIsNotWholeIsRefused(String what, Consumer<ObjectNode> damage, String said) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode trace;
    try (InputStream in = Trace.class.getResourceAsStream("/traces/quad7_fmnist_f64.json")) {
      trace = (ObjectNode) json.readTree(in);
    }
    damage.accept(trace);
    Path file = folder.resolve("damaged.json");
    json.writeValue(file.toFile(), trace);
    Doctor doctor = new Doctor(DEVICE, new PrintWriter(new StringWriter()));
    assertThatThrownBy(() -> doctor.replay(List.of(file)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + file + "' is no trace: " + said);
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void noPipeIsWaitedFor() throws Exception {
    Path file = folder.resolve("pipe");
    assumeThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> TraceFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot read the trace '" + file + "': it is a pipe or a device, no file; name a file that you may read");
  }

  @Test
  void aFileThatIsNoTraceIsRefused() throws IOException {
    Path file = folder.resolve("x.json");
    assertThatThrownBy(() -> TraceFile.read(file)).hasMessageContaining("cannot read the trace '" + file);
    Files.writeString(file, "{\n [");
    assertThatThrownBy(() -> TraceFile.read(file))
        .hasMessage("'" + file + "' is no trace: it is no JSON at line 2, column 2");
    Files.writeString(file, "[".repeat(5000));
    assertThatThrownBy(() -> TraceFile.read(file)).hasMessageContaining("'" + file + "' is no trace: it is no JSON object");
    for (String other : List.of("{\"format\": \"other/1\"}", "null", "[]", "3", "")) {
      Files.writeString(file, other);
      assertThatThrownBy(() -> TraceFile.read(file)).hasMessageContaining("has format '").hasMessageContaining("not 'arturo-trace/1'");
    }
  }

  @Test
  void withoutAnythingComparedNothingIsRight() {
    Doctor doctor = new Doctor(DEVICE, new PrintWriter(new StringWriter()));
    assertThatThrownBy(() -> doctor.replay(List.of())).hasMessageContaining("nothing was compared");
  }

  @Test
  void aFallBackToJavaIsAFaultOnTornadoVmOnly() {
    assertThat(Doctor.fallBack(true, null)).singleElement().asString().contains("-Dtornado.recover.bailout=false");
    assertThat(Doctor.fallBack(true, "True")).hasSize(1);
    assertThat(Doctor.fallBack(true, "False")).isEmpty();
    assertThat(Doctor.fallBack(false, null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"5.2.0-jdk25", "6.0.0", "7.0.1-jdk22plus", "7.2.0", "8.2.0", "8.2.3-jdk22plus"})
  void knownReleasesOfTornadoVmAreNotWarnedOf(String version) {
    assertThat(TornadoVmWarnings.of(version, List.of())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "8.3.0 | TornadoVM is 8.3.0, newer than 8.2, the last that this arturo4j knows; the checks below tell whether it will do",
    "10.0 | TornadoVM is 10.0, newer than 8.2, the last that this arturo4j knows; the checks below tell whether it will do",
    "5.1.0-jdk25 | TornadoVM is 5.1.0-jdk25, older than 5.2, the first that arturo4j is made for; if a check fails, install a newer one",
    "unknown | TornadoVM does not say its version; the checks below tell whether it will do",
  })
  void otherReleasesAreOneLine(String version, String line) {
    assertThat(TornadoVmWarnings.of(version, List.of())).containsExactly(line);
  }

  @Test
  void aMissingDeviceIsAWarning() {
    assertThat(TornadoVmWarnings.of("5.2.0-jdk25", List.of("a cause; a remedy")))
        .containsExactly("a device may be missing: a cause; a remedy");
  }

  @Test
  void whatMakesTheJvmSlowIsAWarning() {
    assertThat(JvmWarnings.of(1000L, Map.of())).isEmpty();
    assertThat(JvmWarnings.of(60L, Map.of())).singleElement().asString()
        .startsWith("LoopUnrollLimit is 60,").contains("-XX:LoopUnrollLimit=1000");
    assertThat(JvmWarnings.of(null, Map.of())).singleElement().asString().contains("unknown to this JVM");
    assertThat(JvmWarnings.of(1000L, Map.of("OPENBLAS_CORETYPE", "Prescott"))).singleElement().asString()
        .startsWith("OPENBLAS_CORETYPE is set to 'Prescott'");
  }
}
