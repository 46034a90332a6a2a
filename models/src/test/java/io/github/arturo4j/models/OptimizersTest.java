// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.Devices;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Every optimizer on the same problems, on every device; SGD, Adam and AdamW go PyTorch's ways. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class OptimizersTest {
  /** Of the first value: who has come as near as that may stay there. */
  private static final double NOTHING = 1e-6;

  private final TornadoDevice device;

  OptimizersTest(Devices.Entry entry) {
    device = entry.device();
  }

  static Stream<Arguments> table() {
    return Arrays.stream(TestProblem.values())
        .flatMap(problem -> Arrays.stream(TestOptimizer.values()).map(optimizer -> Arguments.of(optimizer, problem)));
  }

  /** The value falls from third to third of the steps in the mean, as it need not from step to step. */
  @ParameterizedTest
  @MethodSource("table")
  void descendsToTheMinimum(TestOptimizer optimizer, TestProblem problem) {
    try (TestProblem.Run run = problem.start(optimizer.make(), device)) {
      double rate = optimizer.rate(problem);
      double first = run.value();
      double before = first;
      int points = 0;
      int step = 0;
      for (int third = 1; third <= 3; third++) {
        double sum = 0;
        for (int i = 0; i < problem.steps / 3; i++) {
          run.step(third < 3 ? rate : rate / 10);
          sum += run.value();
          points += PyTorchTrajectory.check(optimizer, problem, ++step, run);
        }
        double mean = sum / (problem.steps / 3);
        assertThat(mean).as("third %d", third).isLessThan(Math.max(before, NOTHING * first));
        before = mean;
      }
      assertThat(run.left()).isLessThan(problem.maxLeft);
      assertThat(points).isEqualTo(optimizer.isKnownInPyTorch() ? 3 : 0);
    }
  }

  /**
   * From Rosenbrock's own start, where the function is 24.2 and its curvature negative. There the step of the published
   * arTuRO explodes, and does not come down again.
   */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ARTURO_PAPER")
  void comesDownFromRosenbrocksStart(TestOptimizer optimizer) {
    double rate = optimizer.rate(TestProblem.ROSENBROCK);
    try (TestProblem.Run run = TestProblem.rosenbrock(optimizer.make(), device, -1.2f, 1)) {
      for (int step = 0; step < 3000; step++) {
        run.step(step < 2000 ? rate : rate / 10);
      }
      assertThat(run.value()).isLessThan(1e-3);
    }
  }
}
