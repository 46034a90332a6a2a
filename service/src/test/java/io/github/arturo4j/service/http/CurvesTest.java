// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Curves from events. */
class CurvesTest {
  @TempDir
  Path folder;

  private Path file;
  private Curves curves;

  @BeforeEach
  void open() {
    file = folder.resolve("events.jsonl");
    curves = new Curves(file);
  }

  private void append(String... lines) throws IOException {
    Files.writeString(file, String.join("\n", lines) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String started(int epoch, int step) {
    return "{\"type\":\"started\",\"run\":\"a\",\"epoch\":" + epoch + ",\"step\":" + step
        + ",\"metrics\":[{\"name\":\"accuracy\",\"higherIsBetter\":true}],\"judgedBy\":\"test\"}";
  }

  private static String step(String run, int epoch, int step, double loss) {
    return "{\"type\":\"step\",\"run\":\"" + run + "\",\"epoch\":" + epoch + ",\"step\":" + step + ",\"loss\":" + loss + "}";
  }

  private static String epoch(int epoch) {
    return "{\"type\":\"epoch\",\"run\":\"a\",\"epoch\":" + epoch + ",\"loss\":0.5,\"metrics\":{\"accuracy\":0.9}}";
  }

  private JsonNode json(int points) throws IOException {
    return Json.MAPPER.readTree(curves.json(points));
  }

  private static List<String> positions(JsonNode points) {
    List<String> positions = new ArrayList<>();
    points.forEach(each -> positions.add(each.path("epoch").asInt() + ":" + each.path("step").asInt()));
    return positions;
  }

  @Test
  void thereAreNoneBeforeTheTrainingHasBegun() throws IOException {
    assertThat(new String(curves.json(10))).isEqualTo("{\"judgedBy\":null,\"metrics\":[],\"after\":0,\"epochs\":[],\"steps\":[]}");
  }

  @Test
  void theyGoOnWhereTheyWere() throws IOException {
    append(started(0, 0), step("a", 1, 1, 2.5));
    assertThat(json(10).toString()).contains("\"judgedBy\":\"test\"", "\"metrics\":[\"accuracy\"]", "\"after\":" + Files.size(file));
    Files.writeString(file, step("a", 1, 2, 2.0).substring(0, 9), StandardOpenOption.APPEND);
    assertThat(positions(json(10).get("steps"))).containsExactly("1:1");
    Files.writeString(file, step("a", 1, 2, 2.0).substring(9) + "\n", StandardOpenOption.APPEND);
    append(epoch(1));
    JsonNode json = json(10);
    assertThat(positions(json.get("steps"))).containsExactly("1:1", "1:2");
    assertThat(json.get("epochs").get(0)).isEqualTo(Json.MAPPER.readTree(epoch(1)));
    assertThat(json.get("after").asLong()).isEqualTo(Files.size(file));
  }

  @Test
  void whatATrainingHasToldOfStepsBehindItsCheckpointIsVoid() throws IOException {
    append(started(0, 0), step("a", 1, 1, 3), step("a", 1, 9, 2), epoch(1));
    append(step("a", 2, 1, 2), step("a", 2, 5, 2), epoch(2), step("a", 3, 1, 1));
    append(step("b", 3, 7, 1), started(1, 4), step("a", 2, 6, 7));
    JsonNode json = json(10);
    assertThat(positions(json.get("steps"))).containsExactly("1:1", "1:9", "2:1", "2:6", "3:7");
    assertThat(positions(json.get("epochs"))).containsExactly("1:0");
    append(started(0, 0));
    assertThat(positions(json(10).get("steps"))).containsExactly("3:7");
  }

  @Test
  void aThinnedCurveHasItsEndsAndItsExtremes() throws IOException {
    String[] lines = new String[1000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = step("a", 1, i + 1, i == 333 ? 99 : i == 667 ? -99 : Math.sin(i));
    }
    append(lines);
    for (int points : new int[] {2, 3, 4, 5, 10, 11, 999}) {
      List<String> kept = positions(json(points).get("steps"));
      assertThat(kept.size()).isBetween(Math.min(points, 2), points);
      assertThat(kept.getFirst()).isEqualTo("1:1");
      assertThat(kept.getLast()).isEqualTo("1:1000");
      if (points > 3) {
        assertThat(kept).contains("1:334", "1:668");
      }
    }
    assertThat(positions(json(1000).get("steps"))).hasSize(1000);
  }

  @Test
  void linesFarApartAreReadOneByOne() throws IOException {
    String other = "{\"type\":\"warning\",\"message\":\"" + "x".repeat(20_000) + "\"}";
    for (int i = 1; i <= 20; i++) {
      append(step("a", 1, i, i), other);
    }
    JsonNode steps = json(10).get("steps");
    assertThat(steps.size()).isLessThanOrEqualTo(10);
    steps.forEach(each -> assertThat(each.get("loss").asInt()).isEqualTo(each.get("step").asInt()));
  }

  @Test
  void morePointsThanCanBeAskedForAreNotKept() throws IOException {
    String[] lines = new String[50_000];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = step("a", 1, i + 1, i == 12_345 ? 99 : 1);
    }
    append(lines);
    List<String> kept = positions(json(CurveIndex.KEPT).get("steps"));
    assertThat(kept).hasSizeLessThanOrEqualTo(CurveIndex.KEPT).contains("1:1", "1:12346", "1:50000");
    assertThat(curves.size()).isLessThanOrEqualTo(2 * CurveIndex.KEPT);
  }

  @Test
  void aLineThatIsNoEventIsLeftOut() throws IOException {
    append(step("a", 1, 1, 2), "\0\0\0", "[1]", "{\"type\":\"step\",", step("a", 1, 2, 2));
    assertThat(positions(json(10).get("steps"))).containsExactly("1:1", "1:2");
  }

  @Test
  void whatIsNoNumberIsAPointAndNoExtreme() throws IOException {
    String none = "{\"type\":\"step\",\"run\":\"a\",\"epoch\":1,\"step\":3,\"loss\":null}";
    append(step("a", 1, 1, 2), step("a", 1, 2, 2), none, step("a", 1, 4, 7), step("a", 1, 5, 1), step("a", 1, 6, 3));
    assertThat(positions(json(4).get("steps"))).containsExactly("1:1", "1:4", "1:5", "1:6");
    assertThat(json(6).get("steps").get(2).get("loss").isNull()).isTrue();
  }
}
