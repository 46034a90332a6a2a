// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.kernels.optimizer.ArturoHyperparameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A recorded run of the published optimizer, format {@code arturo-trace/1}: what went in, and the state after each step.
 * Arrays of a step's state hold all n values, or the first of them together with their sums over all n.
 *
 * @param dtype {@code f32} or {@code f64}: the type that the run was made in
 * @param n number of parameters
 */
@JsonIgnoreProperties({"description"})
public record Trace(
    String format,
    String name,
    String dtype,
    int n,
    double[] initialMean,
    Map<String, Double> hyperparameters,
    List<Step> steps) {

  /** One step: its input, what the dual did, and the state after it. */
  public record Step(
      int step,
      double klBound,
      double[] gradient,
      double eta,
      int evaluations,
      double klTaken,
      double[] mean,
      double[] precision,
      double[] curvature,
      double[] linear,
      double[] p00,
      double[] p01,
      double[] p11,
      Map<String, Double> sums) {}

  /** The traces that arturo4j carries. */
  public static final List<String> NAMES =
      List.of(
          "concave7",
          "decay_nu0",
          "decay_nu13",
          "jump1000",
          "noise257_cifar10",
          "noise257_fmnist",
          "quad7_cifar10",
          "quad7_fmnist",
          "tight_bound");

  private static final String FORMAT = "arturo-trace/1";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** One of the traces that arturo4j carries, in {@code f32} or {@code f64}. */
  public static Trace carried(String name, String dtype) {
    String resource = "/traces/" + name + "_" + dtype + ".json";
    try (InputStream in = Trace.class.getResourceAsStream(resource)) {
      return JSON.readValue(in, Trace.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the carried trace " + resource, e);
    }
  }

  /**
   * Reads a trace from a file.
   *
   * @throws IllegalArgumentException if it is no trace; the message names the file and what is wrong
   */
  public static Trace read(Path file) {
    Trace trace;
    try {
      trace = JSON.readValue(Files.readAllBytes(file), Trace.class);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("'" + file + "' is no trace: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read the trace '" + file + "': " + Reason.of(e), e);
    }
    if (!FORMAT.equals(trace.format)) {
      throw new IllegalArgumentException(
          "'" + file + "' has format '" + trace.format + "', not '" + FORMAT + "'");
    }
    trace.check(file);
    return trace;
  }

  private void check(Path file) {
    if (initialMean == null || initialMean.length != n || steps == null || hyperparameters == null) {
      throw new IllegalArgumentException("'" + file + "' lacks initialMean with n values, steps or hyperparameters");
    }
    for (Step step : steps) {
      if (step.gradient == null || step.gradient.length != n) {
        throw new IllegalArgumentException("'" + file + "': the gradient of step " + step.step + " has not n values");
      }
    }
    for (String key : List.of("varInit", "priorPrec", "startFilterCov", "regWeight", "measurementNoise",
        "dynamicModelNoise", "nu", "weightDecay", "etaTol")) {
      if (!hyperparameters.containsKey(key)) {
        throw new IllegalArgumentException("'" + file + "' lacks the hyperparameter " + key);
      }
    }
  }

  /** The hyperparameters as the optimizer takes them. */
  public ArturoHyperparameters arturo() {
    Map<String, Double> h = hyperparameters;
    return new ArturoHyperparameters(
        h.get("varInit"),
        h.get("priorPrec"),
        h.get("startFilterCov"),
        h.get("regWeight"),
        h.get("measurementNoise"),
        h.get("dynamicModelNoise"),
        h.get("nu"),
        h.get("weightDecay"),
        h.get("etaTol"),
        ArturoHyperparameters.DEFAULT_MIN_CURVATURE,
        ArturoHyperparameters.DEFAULT_MIN_PRECISION,
        ArturoHyperparameters.DEFAULT_MAX_PRECISION);
  }
}
