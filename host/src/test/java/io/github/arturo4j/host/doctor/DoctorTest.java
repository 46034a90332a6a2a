// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.kernels.KernelShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
    assertThat(new Doctor(DEVICE, new PrintWriter(out)).examine()).isZero();
    assertThat(out.toString())
        .contains("All is right", "ok    a step and an evaluation of fmnist_cnn")
        .doesNotContain("FAULT");
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

  @Test
  void aFileThatIsNoTraceIsRefused() throws IOException {
    Path file = folder.resolve("x.json");
    assertThatThrownBy(() -> Trace.read(file)).hasMessageContaining("cannot read the trace '" + file);
    Files.writeString(file, "{");
    assertThatThrownBy(() -> Trace.read(file)).hasMessageContaining("'" + file + "' is no trace");
    Files.writeString(file, "{\"format\": \"other/1\"}");
    assertThatThrownBy(() -> Trace.read(file)).hasMessageContaining("has format 'other/1'");
  }

  @Test
  void aFallBackToJavaIsAFaultOnTornadoVmOnly() {
    assertThat(Doctor.fallBack(true, null)).singleElement().asString().contains("-Dtornado.recover.bailout=false");
    assertThat(Doctor.fallBack(true, "True")).hasSize(1);
    assertThat(Doctor.fallBack(true, "False")).isEmpty();
    assertThat(Doctor.fallBack(false, null)).isEmpty();
  }

  @Test
  void anotherVersionOfTornadoVmAndAMissingDeviceAreWarnings() {
    assertThat(TornadoVmWarnings.of("5.2.0-jdk25", List.of())).isEmpty();
    assertThat(TornadoVmWarnings.of("6.0.0-jdk25", List.of())).singleElement().asString()
        .startsWith("TornadoVM is 6.0.0-jdk25, ").contains("tested with 5.2.0-jdk25");
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
