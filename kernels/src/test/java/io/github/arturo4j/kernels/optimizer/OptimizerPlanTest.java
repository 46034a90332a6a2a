// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.kernels.device.Devices;
import org.junit.jupiter.api.Test;

/** An optimizer on its own, as a library's user has it. */
class OptimizerPlanTest {
  @Test
  void takesAGradientForEachParameterAndTellsTheInitialOnes() {
    float[] initial = {1, 2, 3, 4};
    Sgd sgd = new Sgd(SgdHyperparameters.builder().momentum(0).build());
    try (OptimizerPlan plan = new OptimizerPlan(sgd, initial, Devices.find(null).device())) {
      assertThat(plan.parameters()).containsExactly(initial);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan.step(new float[2], 0.5))
          .withMessage("the gradient has 2 values for 4 parameters");
      assertThatIllegalArgumentException().isThrownBy(() -> plan.step(new float[5], 0.5));
      assertThat(plan.parameters()).containsExactly(initial);
      plan.step(new float[] {2, 2, 0, -2}, 0.5);
      assertThat(plan.parameters()).containsExactly(0, 1, 3, 5);
    }
  }
}
