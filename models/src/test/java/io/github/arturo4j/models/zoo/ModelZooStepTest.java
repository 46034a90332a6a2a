// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.plan.Evaluation;
import io.github.arturo4j.models.plan.EvaluationPlan;
import io.github.arturo4j.models.plan.TrainingPlan;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Steps and evaluations of networks of the zoo that no other test executes whole, on every device: the ResNet is several
 * graphs for TornadoVM.
 */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class ModelZooStepTest {
  private static final int BATCH = 4;

  private final TornadoDevice device;

  ModelZooStepTest(Devices.Entry entry) {
    device = entry.device();
  }

  /** Measured on the JVM device: the loss of new weights, and the mean loss of two steps of four images each. */
  @ParameterizedTest
  @CsvSource({"cifar10_cnn, 2.303403, 2.310229", "cifar100_resnet34, 4.726020, 5.770201"})
  void anEvaluationAndTwoStepsGiveTheRecordedLosses(String model, double evaluated, double trained) {
    Network network = ModelZoo.create(model);
    ImageSet images = TestImages.bars(2 * BATCH, network.input(), network.outputs(), 1);
    int[] order = IntStream.range(0, 2 * BATCH).toArray();
    try (TrainingPlan plan =
            TrainingPlan.builder(network, new Sgd(new SgdHyperparameters()), images, device)
                .initial(network.initialWeights(3))
                .batchSize(BATCH)
                .seed(11)
                .build();
        EvaluationPlan evaluation = new EvaluationPlan(network, images, BATCH, device)) {
      Evaluation before = evaluation.evaluate(plan.weights());
      plan.step(order, 0, BATCH, 0.01);
      plan.step(order, BATCH, BATCH, 0.01);
      double loss = plan.metrics().loss();
      assertThat(before.loss()).isCloseTo(evaluated, within(1e-3 * evaluated));
      assertThat(loss).isCloseTo(trained, within(1e-3 * trained));
      // No number: running statistics of eight images divide by variances that are mostly rounding.
      assertThat(evaluation.evaluate(plan.weights()).loss()).isFinite().isNotEqualTo(before.loss());
    }
  }
}
