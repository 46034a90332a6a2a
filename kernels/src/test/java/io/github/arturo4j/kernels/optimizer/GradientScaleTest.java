// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoRun;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Every optimizer takes the gradient times its scale for the gradient: by a power of two, to the bit. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.optimizer.Place#all")
class GradientScaleTest {
  private static final int N = 1_001;

  private final Place place;

  GradientScaleTest(Place place) {
    this.place = place;
  }

  private static float[] gradient(int step, float factor) {
    float[] gradient = ArturoRun.normal(ArturoRun.random(step), N, 1);
    for (int i = 0; i < N; i++) {
      gradient[i] *= factor;
    }
    return gradient;
  }

  private Map<String, float[]> state(OptimizerKind kind, double scale, float factor, boolean changes) {
    Optimizer optimizer = kind.create(place.shape());
    try (OptimizerPlan plan = new OptimizerPlan(optimizer, new float[N], place.device())) {
      for (int step = 1; step <= 4; step++) {
        boolean scaled = !changes || step > 2;
        optimizer.gradientScale(scaled ? scale : 1);
        plan.step(gradient(step, scaled ? factor : 1), ArturoRun.BOUND);
      }
      Map<String, float[]> state = optimizer.save(plan.last());
      state.put("parameters", plan.parameters());
      return state;
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.arturo4j.kernels.optimizer.OptimizerKind#all")
  void isAFactorOfTheGradient(OptimizerKind kind) {
    Map<String, float[]> expected = state(kind, 1, 1, false);
    for (boolean changes : new boolean[] {false, true}) {
      Map<String, float[]> actual = state(kind, 0.25, 4, changes);
      expected.forEach((name, values) -> assertThat(actual.get(name)).as(name).isEqualTo(values));
    }
  }

  /** As a clipping does that knows the gradient's norm on the device only. */
  @ParameterizedTest
  @MethodSource("io.github.arturo4j.kernels.optimizer.OptimizerKind#all")
  void aTaskMayChangeItOnTheDevice(OptimizerKind kind) {
    Optimizer optimizer = kind.create(place.shape());
    FloatArray parameters = new FloatArray(N);
    parameters.init(0f);
    FloatArray gradients = FloatArray.fromArray(gradient(1, 8));
    Parameters trained = Parameters.of(parameters, gradients);
    KernelProgram program = new KernelProgram(place.device());
    optimizer.addBefore(program.section("before").once(parameters), trained);
    KernelGraph graph = program.section("update");
    graph.once(parameters, gradients).everyTime(optimizer.control()).result(parameters);
    String task = graph.task("halve");
    graph.add(g -> g.task(task, GradientScaleTest::halve, optimizer.control()));
    optimizer.addTo(graph, trained);
    optimizer.gradientScale(0.25);
    try (GraphPlan plan = graph.plan();
        OptimizerPlan expected = new OptimizerPlan(kind.create(place.shape()), new float[N], place.device())) {
      for (int step = 1; step <= 3; step++) {
        optimizer.prepare(step, ArturoRun.BOUND);
        plan.execute("before");
        plan.execute("update").transferToHost(parameters);
        expected.step(gradient(1, 1), ArturoRun.BOUND);
        assertThat(parameters.toHeapArray()).as("step %d", step).isEqualTo(expected.parameters());
      }
    }
  }

  static void halve(FloatArray control) {
    for (@Parallel int i = 0; i < 1; i++) {
      control.set(Optimizer.GRADIENT_SCALE, control.get(Optimizer.GRADIENT_SCALE) * 0.5f);
    }
  }

  @ParameterizedTest
  @MethodSource("io.github.arturo4j.kernels.optimizer.OptimizerKind#all")
  void isPositiveAndFinite(OptimizerKind kind) {
    for (double scale : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> kind.create(place.shape()).gradientScale(scale))
          .withMessageStartingWith("the gradient's scale is " + scale + "; it must be positive");
    }
  }
}
