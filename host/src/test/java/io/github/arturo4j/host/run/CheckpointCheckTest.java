// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.plan.TrainingState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Checkpoints whose parts do not go together, though each is a good one of its kind. */
class CheckpointCheckTest {
  private static final Network NETWORK = ModelFileTest.NETWORK;
  private static final int N = NETWORK.parameterCount();

  private final float[] parameters = new float[N];
  private final float[] buffers = {0, 0, 1, 1};
  private final Map<String, float[]> optimizer = new HashMap<>();

  private static Optimizer optimizer(String experiment) {
    return Experiments.find(experiment).optimizer().create();
  }

  private Map<String, float[]> arturo() {
    float[] dual = new float[32];
    dual[10] = 1;
    optimizer.putAll(Map.of("precision", filled(100), "linear", filled(0), "curvature", filled(-1)));
    optimizer.putAll(Map.of("p00", filled(0), "p01", filled(-0.5f), "p11", filled(1), "dual", dual));
    return optimizer;
  }

  private static float[] filled(float value) {
    float[] values = new float[N];
    Arrays.fill(values, value);
    return values;
  }

  private void check(String experiment, int epoch, int step, long steps) {
    TrainingState state = new TrainingState(steps, new Weights(parameters, buffers), optimizer);
    new CheckpointCheck(NETWORK, optimizer(experiment), 9, 5)
        .check(new Checkpoint(new TrainingPosition(epoch, step), state));
  }

  private void refused(String experiment, String how) {
    assertThatIllegalArgumentException().isThrownBy(() -> check(experiment, 1, 0, 0)).withMessage(how);
  }

  @Test
  void thePositionAndTheStepsGoTogether() {
    optimizer.put("velocity", filled(0));
    check("fmnist_cnn-sgd", 1, 0, 0);
    check("fmnist_cnn-sgd", 3, 5, 15);
    for (long[] wrong : new long[][] {{1, 0, 1}, {2, 0, 4}, {1, 6, 6}, {10, 0, 44}}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> check("fmnist_cnn-sgd", (int) wrong[0], (int) wrong[1], wrong[2]))
          .withMessage(
              "it stands at step " + wrong[1] + " of epoch " + wrong[0] + " after " + wrong[2]
                  + " steps, but an epoch has 5");
    }
    check("fmnist_cnn-sgd", 10, 0, 45);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check("fmnist_cnn-sgd", 11, 0, 50))
        .withMessage("it stands in epoch 11 of 9");
  }

  @Test
  void weightsAreTheNetworksAndFinite() {
    optimizer.put("velocity", filled(0));
    parameters[3] = Float.NaN;
    refused("fmnist_cnn-sgd", "a value of 'bn1.weight' is NaN");
    parameters[3] = 0;
    buffers[2] = -1e-9f;
    refused("fmnist_cnn-sgd", "a variance of 'bn1.running_var' is -1.0E-9");
    buffers[2] = Float.POSITIVE_INFINITY;
    refused("fmnist_cnn-sgd", "a value of 'bn1.running_var' is Infinity");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new CheckpointCheck(NETWORK, optimizer("fmnist_cnn-sgd"), 9, 5).check(
                new Checkpoint(
                    TrainingPosition.START, new TrainingState(0, new Weights(new float[3], buffers), optimizer))))
        .withMessage("small has 16 parameters, not 3");
  }

  @Test
  void theStateIsTheOptimizers() {
    refused("fmnist_cnn-sgd", "the optimizer's state is [velocity], not []");
    optimizer.put("velocity", new float[N - 1]);
    refused("fmnist_cnn-sgd", "the optimizer's velocity has 16 values, not 15");
    optimizer.put("velocity", filled(Float.NaN));
    refused("fmnist_cnn-sgd",
        "the optimizer's velocity is NaN at index 0; it must be from -Infinity to Infinity");
    optimizer.clear();
    optimizer.putAll(Map.of("firstMoment", filled(-1), "secondMoment", filled(-1)));
    refused("fmnist_cnn-adam", "the optimizer's secondMoment is -1.0 at index 0; it must be from 0.0 to Infinity");
  }

  @Test
  void arturosPrecisionsAreInTheirLimitsAndItsVariancesNotNegative() {
    arturo();
    check("fmnist_cnn", 1, 0, 0);
    optimizer.get("precision")[5] = -1;
    refused("fmnist_cnn", "the optimizer's precision is -1.0 at index 5; it must be from 1.0E-6 to 1.0E8");
    optimizer.get("precision")[5] = 1;
    optimizer.get("p11")[2] = -1;
    refused("fmnist_cnn", "the optimizer's p11 is -1.0 at index 2; it must be from 0.0 to 3.4028235E38");
    optimizer.get("p11")[2] = 0;
    optimizer.get("curvature")[2] = Float.NaN;
    refused("fmnist_cnn", "the optimizer's curvature is NaN at index 2; it must be from -3.4028235E38 to 3.4028235E38");
    optimizer.get("curvature")[2] = 0;
    optimizer.get("p01")[0] = Float.POSITIVE_INFINITY;
    refused("fmnist_cnn", "the optimizer's p01 is Infinity at index 0; it must be from -3.4028235E38 to 3.4028235E38");
    optimizer.get("p01")[0] = 0;
    optimizer.get("dual")[0] = -1;
    refused("fmnist_cnn", "the optimizer's dual is -1.0 at index 0; it must be from 0.0 to Infinity");
    optimizer.put("dual", new float[16]);
    refused("fmnist_cnn", "the optimizer's dual has 32 values, not 16");
  }
}
