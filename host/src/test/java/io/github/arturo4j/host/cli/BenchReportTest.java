// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench report}, in next to no time. */
class BenchReportTest {
  @TempDir Path folder;

  private static JsonNode json(Path report) throws IOException {
    return new ObjectMapper().readTree(Files.readString(report.resolve("report.json")));
  }

  @Test
  void aReportIsWrittenOnce() throws IOException {
    Path report = folder.resolve("report");
    Cli.Outcome outcome = Cli.run("bench", "report", "--minutes", "0.01", "--out", report);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .startsWith("Measuring ")
        .contains("\ndoctor: ", "; left out for want of time: ", "Report: " + report.resolve("report.html"));
    JsonNode json = json(report);
    assertThat(json.at("/complete").asBoolean()).isTrue();
    assertThat(json.at("/minutes").asDouble()).isEqualTo(0.01);
    assertThat(json.at("/parts").findValuesAsText("name"))
        .containsExactly("doctor", "copies", "products", "convolutions", "optimizers", "steps", "epoch");
    assertThat(json.at("/checks").size() + json.at("/parts/0/leftOut").size()).isGreaterThan(20); // made, or no time for it
    assertThat(json.at("/command").asText()).startsWith("arturo bench report --minutes 0.01");
    assertThat(Files.readString(report.resolve("report.md"))).startsWith("# arturo4j on ");
    assertThat(Files.readString(report.resolve("report.html"))).contains("</html>");
    Cli.refused(2, "holds a report already; nothing was changed: name a new folder", "bench", "report", "--out", report);
    Path full = Files.createDirectory(folder.resolve("full"));
    Files.writeString(full.resolve("mine"), "");
    Cli.refused(2, "is not empty and holds no report", "bench", "report", "--out", full);
  }

  @Test
  void aFailureIsTheExitCode() throws IOException {
    Path report = folder.resolve("report");
    Path none = folder.resolve("none");
    Cli.refused(1, "1 measurement failed, first: pytorch, start: --pytorch: ", "bench", "report", "--minutes", "0.001", "--out", report,
        "--pytorch", none);
    assertThat(json(report).at("/failures/0/part").asText()).isEqualTo("pytorch");
    assertThat(json(report).at("/complete").asBoolean()).isTrue();
  }

  @Test
  void minutesOutOfRangeAreWrongUsage() {
    Cli.refused(2, "--minutes is 0.0; it must be above 0 and at most 1440", "bench", "report", "--minutes", 0);
    Cli.refused(2, "--minutes is 1441.0; it must be above 0 and at most 1440", "bench", "report", "--minutes", 1441);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whatWasMeasuredBeforeASignalIsThere() throws Exception {
    Path report = folder.resolve("report");
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(Cli.command(List.of(), "bench", "report", "--minutes", "0.5", "--out", report))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      while (!Files.exists(report.resolve("report.json")) || json(report).path("parts").isEmpty()) {
        assertThat(process.isAlive()).as(Files.readString(output)).isTrue();
        Thread.sleep(20);
      }
      process.destroy(); // SIGTERM
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
    } finally {
      process.destroyForcibly();
    }
    assertThat(Cli.text(output)).contains("arturo: stopped by SIGTERM");
    JsonNode json = json(report);
    assertThat(json.at("/complete").asBoolean()).isFalse();
    assertThat(json.at("/parts/0/name").asText()).isEqualTo("doctor");
    assertThat(json.at("/checks").isEmpty()).isFalse();
    assertThat(Files.readString(report.resolve("report.md"))).contains("Not complete");
  }
}
