// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.github.arturo4j.host.run.RunFolder;
import io.github.arturo4j.models.ModelZoo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads and writes experiments: the built-in ones, by name, and a user's own, by file. */
public final class Experiments {
  private static final char BEFORE_OPTIMIZER = '-';

  /**
   * Names of the built-in experiments: for each network one of its name, with arTuRO, and one with each of the other
   * optimizers' names behind it.
   */
  public static final List<String> NAMES =
      ModelZoo.names().stream()
          .flatMap(model -> OptimizerConfig.names().stream().map(optimizer -> name(model, optimizer)))
          .toList();

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.USE_NATIVE_TYPE_ID) // the optimizer's name is a key like others
          .annotationIntrospector(new RequiredKeys())
          .build();

  private Experiments() {}

  private static String name(String model, String optimizer) {
    return optimizer.equals(ArturoConfig.NAME) ? model : model + BEFORE_OPTIMIZER + optimizer;
  }

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
    if (!isFile(nameOrFile)) {
      throw new IllegalArgumentException(
          "unknown experiment '" + nameOrFile + "'; there are: " + String.join(", ", NAMES)
              + ", or a file of your own that ends in .yaml");
    }
    return read(Path.of(nameOrFile));
  }

  /**
   * The variant of a built-in experiment that trains with that optimizer; the experiment itself for {@code null}.
   *
   * @throws IllegalArgumentException if there is none; the message is one line
   */
  public static Experiment find(String nameOrFile, String optimizer) {
    if (optimizer != null && isFile(nameOrFile)) {
      throw new IllegalArgumentException(
          "--optimizer chooses among built-in experiments, and '" + nameOrFile
              + "' is a file of your own: leave the option out, and set the key optimizer of the file");
    }
    Experiment found = find(nameOrFile);
    if (optimizer == null) {
      return found;
    }
    List<Experiment> variants =
        NAMES.stream().filter(n -> base(n).equals(base(nameOrFile))).map(Experiments::find).toList();
    return variants.stream()
        .filter(variant -> variant.optimizer().name().equals(optimizer))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--optimizer is '" + optimizer + "'; for " + base(nameOrFile) + " there are: "
                        + variants.stream().map(v -> v.optimizer().name()).collect(Collectors.joining(", "))));
  }

  /** Whether that is a file of the user's own, not a name. */
  public static boolean isFile(String nameOrFile) {
    return nameOrFile.endsWith(".yaml") || nameOrFile.endsWith(".yml");
  }

  private static String base(String name) {
    int end = name.indexOf(BEFORE_OPTIMIZER);
    return end < 0 ? name : name.substring(0, end);
  }

  /** Reads an experiment from a file. */
  public static Experiment read(Path file) {
    return read(file, Experiment.class);
  }

  /** Reads the configuration that a run has left. */
  public static RunFolder.Config readRun(Path file) {
    return read(file, RunFolder.Config.class);
  }

  /**
   * Reads a record that {@link #write} wrote.
   *
   * @throws IllegalArgumentException if it cannot be read or is not valid; the message is one line
   */
  public static <T> T read(Path file, Class<T> type) {
    try {
      return parse(Files.readAllBytes(file), file.toString(), type);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read '" + file + "': " + reason(e), e);
    }
  }

  private static String reason(IOException e) {
    return io.github.arturo4j.host.io.Reason.of(e);
  }

  private static <T> T parse(byte[] yaml, String source, Class<T> type) throws IOException {
    try {
      return YAML.readValue(yaml, type);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(source + line(e, yaml) + ": " + explain(e), e);
    }
  }

  /** Where the fault is, if that is known: a key that is missing is on no line. */
  private static String line(JacksonException e, byte[] yaml) {
    int line = e instanceof JsonMappingException mapping ? KeyLine.of(pointer(mapping), yaml) : 0;
    if (line < 1 && !(e instanceof ValueInstantiationException) && !isMissing(e) && e.getLocation() != null) {
      line = e.getLocation().getLineNr();
    }
    return line < 1 ? "" : ", line " + line;
  }

  /** The key at fault. Of a value that is out of range, the message begins with the key, or a path that ends in it. */
  private static JsonPointer pointer(JsonMappingException e) {
    JsonPointer pointer = JsonPointer.empty();
    for (JsonMappingException.Reference part : e.getPath()) {
      pointer =
          part.getFieldName() == null
              ? pointer.appendIndex(part.getIndex())
              : pointer.appendProperty(part.getFieldName());
    }
    if (isOutOfRange(e)) {
      String[] keys = e.getCause().getMessage().split(" ", 2)[0].split("\\.");
      boolean inside = !e.getPath().isEmpty() && keys[0].equals(e.getPath().getLast().getFieldName());
      for (int i = inside ? 1 : 0; i < keys.length; i++) {
        pointer = pointer.appendProperty(keys[i]);
      }
      return pointer;
    }
    return e instanceof InvalidTypeIdException ? pointer.appendProperty(OptimizerConfig.TYPE) : pointer;
  }

  private static boolean isOutOfRange(JacksonException e) {
    return e instanceof ValueInstantiationException && e.getCause() instanceof IllegalArgumentException;
  }

  private static boolean isMissing(JacksonException e) {
    return e instanceof InvalidTypeIdException type
        ? type.getTypeId() == null
        : e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Missing required creator property");
  }

  private static String explain(JacksonException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      String known =
          unknown.getKnownPropertyIds().stream().map(Object::toString).sorted().collect(Collectors.joining(", "));
      return "unknown key '" + unknown.getPropertyName() + "'; the keys there are: " + known;
    }
    if (isOutOfRange(e)) {
      return e.getCause().getMessage();
    }
    if (e instanceof InvalidTypeIdException type) {
      String fault = isMissing(e) ? " is missing; it is one of: " : " is '" + type.getTypeId() + "'; there are: ";
      return "optimizer." + OptimizerConfig.TYPE + fault + String.join(", ", OptimizerConfig.names());
    }
    String message = e.getOriginalMessage().lines().findFirst().orElse("not valid YAML");
    if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
      String key =
          mapping.getPath().stream()
              .map(r -> r.getFieldName() == null ? "" + r.getIndex() : r.getFieldName())
              .collect(Collectors.joining("."));
      if (isMissing(e)) {
        return "key '" + key + "' is missing";
      }
      return e instanceof InvalidFormatException format && format.getTargetType().isEnum()
          ? "key '" + key + "' is '" + format.getValue() + "'; there are: "
              + Stream.of(format.getTargetType().getEnumConstants()).map(Object::toString)
                  .collect(Collectors.joining(", "))
          : "key '" + key + "': " + message;
    }
    return message;
  }

  /** An experiment, or a record that has some, as YAML, every value in it. */
  public static String write(Object experiment) {
    try {
      return YAML.writeValueAsString(experiment);
    } catch (JacksonException e) {
      throw new IllegalStateException(e);
    }
  }
}
