// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.arturo4j.service.process.Lines;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The curves of a job, from its events: each line is looked at once, and of its points only the place is remembered, so that many
 * jobs cost little. A training that goes on from a checkpoint makes void what its run has told of later steps.
 */
final class Curves {
  private static final Logger LOG = LoggerFactory.getLogger(Curves.class);
  private static final JsonMapper EVENTS = new JsonMapper();
  private static final Set<String> LOOKED_AT = Set.of("type", "run", "epoch", "step", "loss", "judgedBy", "metrics");

  private final Path file;
  private final Lines lines;
  private final Map<String, Run> runs = new LinkedHashMap<>();
  private List<String> metrics = List.of();
  private String judgedBy;
  private volatile int size;

  /** The curves of one training. */
  private record Run(CurveIndex epochs, CurveIndex steps) {}

  /** What a line says that matters here. */
  private static final class Line {
    private String type = "";
    private String run = "";
    private int epoch;
    private int step;
    private double loss = Double.NaN;
    private String judgedBy;
    private List<String> metrics;
  }

  /** Those of a file, which need not be there yet. */
  Curves(Path file) {
    this.file = file;
    this.lines = new Lines(file, 0);
  }

  /** How many points are remembered. */
  int size() {
    return size;
  }

  /**
   * The curves so far, as {@code Metrics} has them in JSON.
   *
   * @param points of a curve at most
   */
  synchronized byte[] json(int points) throws IOException {
    lines.read(
        (line, end) -> {
          add(line, end - 1 - line.length);
          return true;
        });
    size = runs.values().stream().mapToInt(run -> run.epochs().size() + run.steps().size()).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, Object> head = new LinkedHashMap<>();
    head.put("judgedBy", judgedBy);
    head.put("metrics", metrics);
    head.put("after", lines.position());
    byte[] begin = Json.bytes(head);
    out.write(begin, 0, begin.length - 1);
    List<CurveIndex.Place> epochs = new ArrayList<>();
    List<CurveIndex.Place> steps = new ArrayList<>();
    for (Run run : runs.values()) {
      epochs.addAll(run.epochs().thin(points));
      steps.addAll(run.steps().thin(points));
    }
    write(",\"epochs\":", epochs, out);
    write(",\"steps\":", steps, out);
    out.write('}');
    return out.toByteArray();
  }

  private void add(byte[] bytes, long begin) throws IOException {
    Line line;
    try {
      line = parse(bytes);
    } catch (JsonProcessingException e) {
      LOG.warn("'{}' has a line at byte {} that is no event; it is left out: {}", file, begin, e.getOriginalMessage());
      return;
    }
    CurveIndex.Place place = new CurveIndex.Place(begin, bytes.length);
    switch (line.type) {
      case "started" -> {
        Run run = run(line.run);
        run.epochs().goOnFrom(line.epoch, 0);
        run.steps().goOnFrom(line.epoch, line.step);
        metrics = line.metrics == null ? metrics : line.metrics;
        judgedBy = line.judgedBy == null ? judgedBy : line.judgedBy;
      }
      case "step" -> run(line.run).steps().add(line.epoch, line.step, line.loss, place);
      case "epoch" -> run(line.run).epochs().add(line.epoch, 0, line.loss, place);
      default -> {
        // no point of a curve
      }
    }
  }

  private Run run(String name) {
    return runs.computeIfAbsent(name, each -> new Run(new CurveIndex(), new CurveIndex()));
  }

  private static Line parse(byte[] bytes) throws IOException {
    Line line = new Line();
    try (JsonParser parser = EVENTS.createParser(bytes)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new JsonParseException(parser, "it is no JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (!LOOKED_AT.contains(name)) {
          parser.skipChildren();
          continue;
        }
        switch (name) {
          case "type" -> line.type = parser.getText();
          case "run" -> line.run = parser.getText();
          case "epoch" -> line.epoch = parser.getValueAsInt();
          case "step" -> line.step = parser.getValueAsInt();
          case "loss" -> line.loss = token.isNumeric() ? parser.getDoubleValue() : Double.NaN;
          case "judgedBy" -> line.judgedBy = parser.getValueAsString();
          default -> line.metrics = names(parser.readValueAsTree());
        }
      }
    }
    return line;
  }

  /** Those of a {@code started} event, which is what they are a list in. */
  private static List<String> names(JsonNode metrics) {
    if (!metrics.isArray()) {
      return null;
    }
    Set<String> names = new HashSet<>();
    List<String> ordered = new ArrayList<>();
    for (JsonNode each : metrics) {
      String name = each.isTextual() ? each.textValue() : each.path("name").asText();
      if (names.add(name)) {
        ordered.add(name);
      }
    }
    return ordered;
  }

  private void write(String name, List<CurveIndex.Place> places, ByteArrayOutputStream out) throws IOException {
    out.writeBytes((name + "[").getBytes(StandardCharsets.UTF_8));
    if (!places.isEmpty()) {
      int number = 0;
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        Window window = new Window(channel, places);
        for (CurveIndex.Place place : places) {
          if (number++ > 0) {
            out.write(',');
          }
          window.copy(place, out);
        }
      }
    }
    out.write(']');
  }

  /** The part of the file that was read last: of places that lie close together, one reading has many. */
  private static final class Window {
    private static final int MAX_BYTES = 1 << 16;
    private static final int MAX_STRIDE = 1 << 13;

    private final FileChannel channel;
    private final int bytes;
    private ByteBuffer read = ByteBuffer.allocate(0);
    private long begin;

    Window(FileChannel channel, List<CurveIndex.Place> places) {
      this.channel = channel;
      long stride = Math.abs(places.getLast().begin() - places.getFirst().begin()) / places.size();
      this.bytes = stride > MAX_STRIDE ? 0 : MAX_BYTES;
    }

    void copy(CurveIndex.Place place, ByteArrayOutputStream out) throws IOException {
      if (place.begin() < begin || place.begin() + place.length() > begin + read.limit()) {
        begin = place.begin();
        read = ByteBuffer.allocate(Math.max(bytes, place.length()));
        int n = 0;
        while (read.position() < place.length() && n >= 0) {
          n = channel.read(read, begin + read.position());
        }
        read.flip();
        if (read.limit() < place.length()) {
          throw new IOException("the events have become shorter");
        }
      }
      out.write(read.array(), (int) (place.begin() - begin), place.length());
    }
  }
}
