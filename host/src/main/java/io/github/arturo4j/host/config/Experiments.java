// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.arturo4j.host.run.RunFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Reads and writes experiments: the built-in ones, by name, and a user's own, by file. */
public final class Experiments {
  /** Names of the built-in experiments. */
  public static final List<String> NAMES = List.of("fmnist_cnn");

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .build();

  private Experiments() {}

  /**
   * A built-in experiment, or one of a file whose name ends in {@code .yaml} or {@code .yml}.
   *
   * @throws IllegalArgumentException if there is none or it is not valid; the message is one line
   */
  public static Experiment find(String nameOrFile) {
    if (NAMES.contains(nameOrFile)) {
      try (InputStream in = Experiments.class.getResourceAsStream("/experiments/" + nameOrFile + ".yaml")) {
        return parse(in.readAllBytes(), nameOrFile, Experiment.class);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    if (!nameOrFile.endsWith(".yaml") && !nameOrFile.endsWith(".yml")) {
      throw new IllegalArgumentException(
          "unknown experiment '" + nameOrFile + "'; there are: " + String.join(", ", NAMES)
              + ", or a file of your own that ends in .yaml");
    }
    return read(Path.of(nameOrFile));
  }

  /** Reads an experiment from a file. */
  public static Experiment read(Path file) {
    return read(file, Experiment.class);
  }

  /** Reads the configuration that a run has left. */
  public static RunFolder.Config readRun(Path file) {
    return read(file, RunFolder.Config.class);
  }

  private static <T> T read(Path file, Class<T> type) {
    try {
      return parse(Files.readAllBytes(file), file.toString(), type);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read '" + file + "': " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.NoSuchFileException ? "there is no such file" : e.getMessage();
  }

  private static <T> T parse(byte[] yaml, String source, Class<T> type) throws IOException {
    try {
      return YAML.readValue(yaml, type);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(source + line(e, yaml) + ": " + explain(e), e);
    }
  }

  /** Where the fault is, if that is known: a record's fields are checked only after its last line. */
  private static String line(JacksonException e, byte[] yaml) {
    int line = 0;
    if (e instanceof UnrecognizedPropertyException unknown) {
      List<String> lines = new String(yaml, StandardCharsets.UTF_8).lines().toList();
      for (int i = lines.size(); i > 0; i--) {
        line = lines.get(i - 1).strip().startsWith(unknown.getPropertyName() + ":") ? i : line;
      }
    } else if (!(e instanceof ValueInstantiationException) && !isMissing(e) && e.getLocation() != null) {
      line = e.getLocation().getLineNr();
    }
    return line < 1 ? "" : ", line " + line;
  }

  private static boolean isMissing(JacksonException e) {
    return e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Missing creator property");
  }

  private static String explain(JacksonException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
      return "unknown key '" + unknown.getPropertyName() + "'; the keys there are: " + known;
    }
    if (e instanceof ValueInstantiationException invalid && invalid.getCause() instanceof IllegalArgumentException) {
      return invalid.getCause().getMessage();
    }
    String message = e.getOriginalMessage().lines().findFirst().orElse("not valid YAML");
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String key =
          mapping.getPath().stream()
              .map(r -> r.getFieldName() == null ? "" + r.getIndex() : r.getFieldName())
              .collect(Collectors.joining("."));
      return isMissing(e)
          ? "key '" + key + "' is missing"
          : "key '" + key + "': " + message;
    }
    return message;
  }

  /** The experiment as YAML, every value in it. */
  public static String write(Object experiment) {
    try {
      return YAML.writeValueAsString(experiment);
    } catch (JacksonException e) {
      throw new IllegalStateException(e);
    }
  }
}
