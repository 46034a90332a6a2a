// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.kernels.Devices;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** An optimizer that is saved and restored steps as if it had never stopped, to the bit. */
class SavedStateTest {
  private static final int N = 4_098;
  private static final int STEPS = 9;

  // A decay that the first step of PAPER applies otherwise than the later ones.
  private static final ArturoHyperparameters HP = ArturoRun.published(1.3, 0.01);

  /** Where a run stands: the parameters, and the optimizer's state. */
  private record Point(float[] parameters, Map<String, float[]> state, StepReport report) {}

  private static Point run(Mode mode, Point from, int first, int end) {
    Arturo arturo = new Arturo(HP, mode);
    float[] start = from == null ? ArturoRun.normal(ArturoRun.random(1), N, 0.1) : from.parameters;
    try (OptimizerPlan plan = new OptimizerPlan(arturo, start, Devices.find(null).device())) {
      if (from != null) {
        arturo.restore(first, from.state);
        assertThat(arturo.report(null)).isEqualTo(from.report);
      }
      for (int step = first; step < end; step++) {
        float[] gradient = ArturoRun.normal(ArturoRun.random(100 + step), N, 1);
        if (step == 3 && mode == Mode.ROBUST) {
          gradient[17] = Float.NaN;
        }
        plan.step(gradient, ArturoRun.BOUND);
      }
      return new Point(plan.parameters(), arturo.save(plan.last()), plan.report());
    }
  }

  @ParameterizedTest
  @CsvSource({"PAPER,1", "PAPER,5", "ROBUST,1", "ROBUST,5"})
  void goesOnToTheBit(Mode mode, int stop) {
    Point whole = run(mode, null, 0, STEPS);
    Point half = run(mode, null, 0, stop);
    Point resumed = run(mode, half, stop, STEPS);
    assertThat(resumed.parameters).isEqualTo(whole.parameters).isNotEqualTo(half.parameters);
    assertThat(resumed.report).isEqualTo(whole.report);
    assertThat(resumed.state.keySet()).isEqualTo(whole.state.keySet());
    whole.state.forEach((name, values) -> assertThat(resumed.state.get(name)).as(name).isEqualTo(values));
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void theStateBeforeTheFirstStepIsOneToo(Mode mode) {
    Arturo arturo = new Arturo(HP, mode);
    float[] start = ArturoRun.normal(ArturoRun.random(1), N, 0.1);
    try (OptimizerPlan plan = new OptimizerPlan(arturo, start, Devices.find(null).device())) {
      Map<String, float[]> state = arturo.save(plan.last());
      Point resumed = run(mode, new Point(start, state, arturo.report(null)), 0, STEPS);
      assertThat(resumed.parameters).isEqualTo(run(mode, null, 0, STEPS).parameters);
    }
  }

  @Test
  void anotherOptimizersStateIsRefused() {
    Point point = run(Mode.ROBUST, null, 0, 1);
    Map<String, float[]> less = new LinkedHashMap<>(point.state);
    less.remove("p01");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(Mode.ROBUST, new Point(point.parameters, less, point.report), 1, 2))
        .withMessageContaining("[precision, linear, curvature, p00, p01, p11, dual], not [");
    Map<String, float[]> shorter = new LinkedHashMap<>(point.state);
    shorter.put("linear", new float[7]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> run(Mode.ROBUST, new Point(point.parameters, shorter, point.report), 1, 2))
        .withMessage("the optimizer's linear has 4098 values, not 7");
  }
}
