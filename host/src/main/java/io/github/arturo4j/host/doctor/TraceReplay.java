// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.doctor;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.optimizer.OptimizerPlan;
import io.github.arturo4j.kernels.optimizer.arturo.Arturo;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoState;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.kernels.reference.ArturoReference;
import io.github.arturo4j.kernels.reference.Comparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Replays a trace in {@link Mode#PAPER} and lists where the numbers differ. An f64 trace is replayed by the
 * double-precision reference, each value within 1e-9·max(1, |x|); an f32 trace by the kernels on a device, each value
 * within 2e-4 of the greatest of its array, and η within 1e-4 relative. The number of evaluations is always equal.
 */
public final class TraceReplay {
  private static final double DOUBLE_TOLERANCE = 1e-9;
  private static final double FLOAT_TOLERANCE = 2e-4;
  private static final double ETA_TOLERANCE = 1e-4;

  private final Trace trace;
  private final boolean single;
  private final List<String> faults = new ArrayList<>();

  private TraceReplay(Trace trace) {
    this.trace = trace;
    this.single = trace.dtype().equals("f32");
  }

  /** The state after a step, whoever computed it. */
  private record State(
      double eta,
      int evaluations,
      double[] mean,
      double[] precision,
      double[] curvature,
      double[] linear,
      double[] p00,
      double[] p01,
      double[] p11) {}

  /**
   * Replays a trace in the kernel shape of the device; a line for each fault, none if all is right. {@code device} runs
   * the f32 traces.
   */
  public static List<String> run(Trace trace, TornadoDevice device) {
    return run(trace, device, DeviceTraits.of(device).shape());
  }

  /** Replays a trace in that kernel shape. */
  static List<String> run(Trace trace, TornadoDevice device, KernelShape shape) {
    TraceReplay replay = new TraceReplay(trace);
    if (replay.single) {
      replay.onDevice(device, shape);
    } else {
      replay.onReference();
    }
    return replay.faults;
  }

  private void onReference() {
    ArturoReference reference = new ArturoReference(trace.arturo(Mode.PAPER), trace.initialMean());
    for (Trace.Step step : trace.steps()) {
      reference.step(step.gradient(), step.klBound());
      compare(
          step,
          new State(
              reference.eta,
              reference.evaluations,
              reference.mean,
              reference.precision,
              reference.curvature,
              reference.linear,
              reference.p00,
              reference.p01,
              reference.p11));
    }
  }

  private void onDevice(TornadoDevice device, KernelShape shape) {
    Arturo arturo = new Arturo(trace.arturo(Mode.PAPER), shape);
    try (OptimizerPlan plan = new OptimizerPlan(arturo, floats(trace.initialMean()), device)) {
      for (Trace.Step step : trace.steps()) {
        plan.step(floats(step.gradient()), step.klBound());
        ArturoState state = arturo.state(plan.last());
        compare(
            step,
            new State(
                state.eta(),
                state.evaluations(),
                Comparison.doubles(plan.parameters()),
                Comparison.doubles(state.precision()),
                Comparison.doubles(state.curvature()),
                Comparison.doubles(state.linear()),
                Comparison.doubles(state.p00()),
                Comparison.doubles(state.p01()),
                Comparison.doubles(state.p11())));
      }
    }
  }

  private void compare(Trace.Step step, State state) {
    if (state.evaluations != step.evaluations()) {
      fault(step, "evaluations", state.evaluations, step.evaluations());
    }
    double etaTolerance = single ? ETA_TOLERANCE : DOUBLE_TOLERANCE;
    if (differ(state.eta, step.eta(), etaTolerance * Math.abs(step.eta()))) {
      fault(step, "eta", state.eta, step.eta());
    }
    compare(step, "mean", state.mean, step.mean());
    compare(step, "precision", state.precision, step.precision());
    compare(step, "curvature", state.curvature, step.curvature());
    compare(step, "linear", state.linear, step.linear());
    compare(step, "p00", state.p00, step.p00());
    compare(step, "p01", state.p01, step.p01());
    compare(step, "p11", state.p11, step.p11());
  }

  private void compare(Trace.Step step, String name, double[] actual, double[] expected) {
    double greatest = Arrays.stream(actual).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.length; i++) {
      double tolerance =
          single ? FLOAT_TOLERANCE * greatest : DOUBLE_TOLERANCE * Math.max(1, Math.abs(expected[i]));
      if (differ(actual[i], expected[i], tolerance)) {
        fault(step, name + "[" + i + "]", actual[i], expected[i]);
        return;
      }
    }
    Double sum = step.sums() == null ? null : step.sums().get(name);
    if (sum != null) {
      double total = Arrays.stream(actual).sum();
      double tolerance =
          single ? FLOAT_TOLERANCE * greatest * actual.length : DOUBLE_TOLERANCE * Math.max(1, Math.abs(sum));
      if (differ(total, sum, tolerance)) {
        fault(step, "sum of " + name, total, sum);
      }
    }
  }

  /** An infinite value differs from any, though the tolerance that follows from it be infinite, too. */
  private static boolean differ(double actual, double expected, double tolerance) {
    return !Double.isFinite(actual) || !(Math.abs(actual - expected) <= tolerance);
  }

  private void fault(Trace.Step step, String what, double actual, double expected) {
    faults.add(
        String.format(
            Locale.ROOT,
            "trace %s (%s), step %d: %s is %.9g, expected %.9g",
            trace.name(),
            trace.dtype(),
            step.step(),
            what,
            actual,
            expected));
  }

  static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
