// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.github.arturo4j.kernels.optimizer.Require;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

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
      Map<String, Double> sums) {
    /** The arrays of the state, by name. */
    SequencedMap<String, double[]> state() {
      SequencedMap<String, double[]> state = new LinkedHashMap<>();
      state.put("mean", mean);
      state.put("precision", precision);
      state.put("curvature", curvature);
      state.put("linear", linear);
      state.put("p00", p00);
      state.put("p01", p01);
      state.put("p11", p11);
      return state;
    }
  }

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

  /** One of the traces that arturo4j carries, in {@code f32} or {@code f64}. */
  public static Trace carried(String name, String dtype) {
    String resource = "/traces/" + name + "_" + dtype + ".json";
    try (InputStream in = Trace.class.getResourceAsStream(resource)) {
      return TraceFile.parse(in.readAllBytes(), resource);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the carried trace " + resource, e);
    }
  }

  /** The hyperparameters as the optimizer takes them, to be used in that mode. */
  public ArturoHyperparameters arturo(Mode mode) {
    Map<String, Double> h = hyperparameters;
    return ArturoHyperparameters.builder()
        .mode(mode)
        .klBound(Require.MIN) // each step has its own
        .varInit(h.get("varInit"))
        .priorPrec(h.get("priorPrec"))
        .startFilterCov(h.get("startFilterCov"))
        .regWeight(h.get("regWeight"))
        .measurementNoise(h.get("measurementNoise"))
        .dynamicModelNoise(h.get("dynamicModelNoise"))
        .nu(h.get("nu"))
        .weightDecay(h.get("weightDecay"))
        .etaTol(h.get("etaTol"))
        .build();
  }
}
