// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.RegularFile;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads traces. What is read is whole: every value is there, and every array of a step's state can be compared. */
public final class TraceFile {
  private static final String FORMAT = "arturo-trace/1";
  private static final Set<String> TYPES = Set.of("f32", "f64");
  private static final List<String> HYPERPARAMETERS =
      List.of(
          "varInit", "priorPrec", "startFilterCov", "regWeight", "measurementNoise", "dynamicModelNoise", "nu",
          "weightDecay", "etaTol");
  private static final Pattern MISSING = Pattern.compile("(?:Missing|Null value for) creator property '(\\w+)'.*");
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES,
              DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final Trace trace;
  private final String source;

  private TraceFile(Trace trace, String source) {
    this.trace = trace;
    this.source = source;
  }

  /**
   * Reads a trace from a file.
   *
   * @throws InputException if it is no trace; the message names the file and what is wrong
   */
  public static Trace read(Path file) {
    try {
      RegularFile.check(file);
      return parse(Files.readAllBytes(file), file.toString());
    } catch (IOException e) {
      throw new InputException(
          "cannot read the trace '" + file + "': " + Reason.of(e) + "; name a file that you may read", e);
    }
  }

  /** Reads a trace; {@code source} is what messages call it. */
  static Trace parse(byte[] json, String source) throws IOException {
    try {
      String format = JSON.readTree(json).path("format").asText();
      if (!FORMAT.equals(format)) {
        throw new InputException(
            "'" + source + "' has format '" + format + "', not '" + FORMAT + "'; give a trace in that format");
      }
      Trace trace = JSON.readValue(json, Trace.class);
      new TraceFile(trace, source).check();
      return trace;
    } catch (JsonProcessingException e) {
      throw new InputException("'" + source + "' is no trace: " + fault(e), e);
    }
  }

  private static String fault(JsonProcessingException failure) {
    Matcher missing = MISSING.matcher(failure.getOriginalMessage().lines().findFirst().orElse(""));
    return switch (failure) {
      case StreamReadException e when e.getLocation() != null ->
          "it is no JSON at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
      case UnrecognizedPropertyException e -> place(e) + " is no key of a trace";
      case JsonMappingException e when missing.matches() ->
          (e.getPath().isEmpty() ? missing.group(1) : place(e)) + " is missing";
      case JsonMappingException e when !e.getPath().isEmpty() -> place(e) + " is not what belongs there";
      default -> "it is no JSON object";
    };
  }

  private static String place(JsonMappingException e) {
    return e.getPath().stream()
        .map(at -> at.getFieldName() == null ? "[" + at.getIndex() + "]" : "." + at.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private void check() {
    require(TYPES.contains(trace.dtype()), "dtype '%s' is neither f32 nor f64", trace.dtype());
    require(trace.n() > 0 && trace.initialMean().length == trace.n(), "initialMean has not n values");
    require(Arrays.stream(trace.initialMean()).allMatch(Double::isFinite), "initialMean is not finite");
    require(!trace.steps().isEmpty(), "there is no step, so there is nothing to compare");
    for (String key : HYPERPARAMETERS) {
      require(trace.hyperparameters().get(key) != null, "the hyperparameter %s is missing", key);
    }
    try {
      trace.arturo(Mode.PAPER);
    } catch (IllegalArgumentException e) {
      throw new InputException("'" + source + "' is no trace: " + e.getMessage(), e);
    }
    for (int i = 0; i < trace.steps().size(); i++) {
      Trace.Step step = trace.steps().get(i);
      require(step != null, "steps[%d] is empty", i);
      check(step);
    }
  }

  private void check(Trace.Step step) {
    require(step.gradient().length == trace.n(), "the gradient of step %d has not n values", step.step());
    requireFinite(step, "gradient", step.gradient());
    requireFinite(step, "eta or the KL bound", step.eta(), step.klBound());
    Map<String, double[]> state = step.state();
    for (Map.Entry<String, double[]> array : state.entrySet()) {
      int length = array.getValue().length;
      boolean whole = length == trace.n() || length < trace.n() && step.sums().get(array.getKey()) != null;
      require(whole, "%s of step %d has neither n values nor fewer and a sum", array.getKey(), step.step());
      requireFinite(step, array.getKey(), array.getValue());
    }
    for (Map.Entry<String, Double> sum : step.sums().entrySet()) {
      String name = sum.getKey();
      require(state.containsKey(name), "the sums of step %d have '%s', of which there is no array", step.step(), name);
      require(sum.getValue() != null, "the sum of %s of step %d is missing", name, step.step());
      requireFinite(step, "the sum of " + name, sum.getValue());
    }
  }

  /** Nothing differs from what is infinite. */
  private void requireFinite(Trace.Step step, String what, double... values) {
    require(Arrays.stream(values).allMatch(Double::isFinite), "%s of step %d is not finite", what, step.step());
  }

  private void require(boolean condition, String fault, Object... values) {
    if (!condition) {
      throw new InputException("'" + source + "' is no trace: " + fault.formatted(values));
    }
  }
}
