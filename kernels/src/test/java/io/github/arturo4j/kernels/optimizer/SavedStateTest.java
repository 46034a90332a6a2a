// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.kernels.optimizer.arturo.ArturoRun;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An optimizer that is saved and restored steps as if it had never stopped, to the bit. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.optimizer.Place#all")
class SavedStateTest {
  private static final int N = 4_098;
  private static final int STEPS = 9;

  private final Place place;

  SavedStateTest(Place place) {
    this.place = place;
  }

  /** Where a run stands: the parameters, and the optimizer's state. */
  private record Point(float[] parameters, Map<String, float[]> state, StepReport report) {}

  private Point run(OptimizerKind kind, Point from, int first, int end) {
    Optimizer optimizer = kind.create(place.shape());
    float[] start = from == null ? ArturoRun.normal(ArturoRun.random(1), N, 0.1) : from.parameters;
    try (OptimizerPlan plan = new OptimizerPlan(optimizer, start, place.device())) {
      if (from != null) {
        plan.restore(first, from.state);
        assertThat(optimizer.report(null)).isEqualTo(from.report);
      }
      for (int step = first; step < end; step++) {
        float[] gradient = ArturoRun.normal(ArturoRun.random(100 + step), N, 1);
        if (step == 3 && kind == OptimizerKind.ROBUST) {
          gradient[17] = Float.NaN;
        }
        plan.step(gradient, ArturoRun.BOUND);
      }
      return new Point(plan.parameters(), optimizer.save(plan.last()), plan.report());
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.arturo4j.kernels.optimizer.OptimizerKind#all")
  void goesOnToTheBit(OptimizerKind kind) {
    Point whole = run(kind, null, 0, STEPS);
    for (int stop : new int[] {1, 5}) {
      Point half = run(kind, null, 0, stop);
      Point resumed = run(kind, half, stop, STEPS);
      assertThat(resumed.parameters).isEqualTo(whole.parameters).isNotEqualTo(half.parameters);
      assertThat(resumed.report).isEqualTo(whole.report);
      assertThat(resumed.state.keySet()).isEqualTo(whole.state.keySet());
      whole.state.forEach((name, values) -> assertThat(resumed.state.get(name)).as(name).isEqualTo(values));
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.arturo4j.kernels.optimizer.OptimizerKind#all")
  void theStateBeforeTheFirstStepIsOneToo(OptimizerKind kind) {
    Optimizer optimizer = kind.create(place.shape());
    float[] start = ArturoRun.normal(ArturoRun.random(1), N, 0.1);
    try (OptimizerPlan plan = new OptimizerPlan(optimizer, start, place.device())) {
      Map<String, float[]> state = optimizer.save(plan.last());
      Point resumed = run(kind, new Point(start, state, optimizer.report(null)), 0, STEPS);
      assertThat(resumed.parameters).isEqualTo(run(kind, null, 0, STEPS).parameters);
    }
  }

  @Test
  void anotherOptimizersStateIsRefused() {
    Point point = run(OptimizerKind.ROBUST, null, 0, 1);
    Map<String, float[]> less = new LinkedHashMap<>(point.state);
    less.remove("p01");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(OptimizerKind.ROBUST, new Point(point.parameters, less, point.report), 1, 2))
        .withMessageContaining("[precision, linear, curvature, p00, p01, p11, dual], not [");
    Map<String, float[]> shorter = new LinkedHashMap<>(point.state);
    shorter.put("linear", new float[7]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(OptimizerKind.ROBUST, new Point(point.parameters, shorter, point.report), 1, 2))
        .withMessage("the optimizer's linear has 4098 values, not 7");
  }
}
