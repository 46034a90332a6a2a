// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.kernels.optimizer.Hyperparameters;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The option of commands that list things to list them for a program. */
final class JsonOption {
  private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

  @Option(names = "--json", description = "List them as JSON, an array of objects, for a program to read.")
  boolean wanted;

  /** Prints an array of objects. */
  static void print(List<? extends Map<String, ?>> objects, PrintWriter out) {
    try {
      out.println(JSON.writeValueAsString(objects));
      out.flush();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e); // numbers, texts, lists and maps are JSON
    }
  }

  /** Something that an experiment names, with its values: of each name, default, what it does, and its range in words. */
  static Map<String, Object> named(String name, Object values) {
    List<Map<String, Object>> list = new ArrayList<>();
    for (Hyperparameters.Info info : Hyperparameters.describe(values)) {
      Map<String, Object> value = new LinkedHashMap<>();
      value.put("name", info.name());
      value.put("default", plain(info.value()));
      value.put("description", info.description());
      value.put("range", info.range().isEmpty() ? null : info.range());
      list.add(value);
    }
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("name", name);
    named.put("values", list);
    return named;
  }

  private static Object plain(Object value) {
    return switch (value) {
      case null -> null;
      case Schedule other -> other.label();
      case Number number -> number;
      case Boolean either -> either;
      case List<?> list -> list.stream().map(JsonOption::plain).toList();
      default -> value.toString();
    };
  }
}
