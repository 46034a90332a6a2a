// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.inspect.StepProfile;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.optimizer.Adam;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** What a step of fmnist_cnn costs, by hand: 1×28×28 → 32×26×26 → 32×13×13 → 64×11×11 → 64×5×5 → 128×3×3 → 256 → 10. */
class StepCostTest {
  private static final int BATCH = 12;
  private static final TornadoDevice DEVICE = Devices.find(null).device();

  private static TrainingPlan plan(Network network) {
    ImageSet images = TestImages.bars(BATCH, network.input(), network.outputs(), 1);
    Adam adam = new Adam(new AdamHyperparameters());
    return TrainingPlan.builder(network, adam, images, DEVICE)
        .initial(network.initialParameters(1))
        .batchSize(BATCH)
        .seed(1)
        .build();
  }

  private static Cost of(List<GraphTask> tasks, Phase phase) {
    return tasks.stream()
        .filter(t -> t.phase() == phase)
        .map(t -> t.cost().orElseThrow())
        .reduce(Cost.NONE, Cost::plus);
  }

  @Test
  void theProductsAreThoseOfTheShapes() {
    long conv0 = 2L * 32 * 26 * 26 * 9;
    long conv4 = 2L * 64 * 11 * 11 * 32 * 9;
    long conv8 = 2L * 128 * 3 * 3 * 64 * 9;
    long linear12 = 2L * 1152 * 256;
    long linear15 = 2L * 256 * 10;
    long outputs = 32 * 26 * 26 + 64 * 11 * 11 + 128 * 3 * 3 + 256; // with a bias and a ReLU
    long pooled = 32 * 13 * 13 + 64 * 5 * 5;
    long dropped = pooled + 128 * 3 * 3 + 256;
    long forward = conv0 + conv4 + conv8 + linear12 + linear15 + 2 * outputs + 10 + 3 * pooled + 2 * dropped + 784;
    Network network = ModelZoo.create("fmnist_cnn");
    try (TrainingPlan plan = plan(network)) {
      assertThat(of(plan.tasks(), Phase.FORWARD).flops()).isEqualTo(BATCH * forward);

      // The first layer's input wants no gradient; all others two products.
      long products = conv0 + 2 * (conv4 + conv8 + linear12 + linear15);
      long backward = of(plan.tasks(), Phase.BACKWARD).flops();
      assertThat(backward).isBetween(BATCH * products, BATCH * (products + 30 * outputs));

      double image = (double) (of(plan.tasks(), Phase.FORWARD).flops() + backward) / BATCH;
      assertThat(image).isBetween(20.1e6, 20.5e6);

      Cost adam = of(plan.tasks(), Phase.OPTIMIZER);
      assertThat(adam.bytesRead()).isEqualTo(4L * 4 * network.parameterCount());
      assertThat(adam.bytesWritten()).isEqualTo(3L * 4 * network.parameterCount());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fmnist_cnn", "fmnist_resnet18"})
  void aStepWithoutAPlanHasTheSameTasks(String model) {
    Network network = ModelZoo.create(model);
    ImageSet image = TestImages.bars(1, network.input(), network.outputs(), 1);
    try (TrainingPlan plan = plan(network)) {
      Adam adam = new Adam(new AdamHyperparameters());
      assertThat(
              StepTasks.of(
                  network, adam, image, Preprocessing.NONE, new CrossEntropy(), BATCH, DEVICE, DeviceTraits.of(DEVICE)))
          .isEqualTo(plan.tasks());
    }
  }

  /** On every device those of a GPU: no BLAS, and sums in parts where few work-groups would have many terms. */
  @ParameterizedTest
  @ValueSource(strings = {"fmnist_cnn", "fmnist_resnet18"})
  void aGpusStepHasTheTiledProducts(String model) {
    Network network = ModelZoo.create(model);
    ImageSet image = TestImages.bars(1, network.input(), network.outputs(), 1);
    Adam adam = new Adam(new AdamHyperparameters());
    List<GraphTask> tasks =
        StepTasks.of(
            network, adam, image, Preprocessing.NONE, new CrossEntropy(), BATCH, DEVICE,
            DeviceTraits.of(DEVICE).in(KernelShape.GROUPS));
    long products = network.parameters().stream().filter(weight -> weight.shape().length > 1).count();
    assertThat(tasks).filteredOn(t -> t.name().endsWith("BackParameters")).hasSize((int) products).allMatch(GraphTask::isTiledProduct);
    assertThat(tasks).filteredOn(t -> t.name().endsWith("ParametersSum")).isNotEmpty();
    assertThat(tasks).allSatisfy(task -> assertThat(task.cost()).as(task.name()).isPresent());
  }

  @Test
  void everyTaskOfAResidualNetworkHasACost() {
    try (TrainingPlan plan = plan(ModelZoo.create("fmnist_resnet18"))) {
      assertThat(plan.tasks()).allSatisfy(task -> assertThat(task.cost()).as(task.name()).isPresent());
      // Stem 7×7 at 14×14; then 4, 1+4, 1+4, 1+4 convolutions at 7×7, 4×4, 2×2, 1×1, the first of a stage and its
      // shortcut with half the channels, those at 1×1 with the taps alone that see a pixel; the last layer.
      long products = 64L * 14 * 14 * 49 + 512 * 10;
      for (int stage = 0; stage < 4; stage++) {
        long c = 64L << stage;
        long outputs = c * new int[] {49, 16, 4, 1}[stage];
        long taps = stage == 3 ? 1 : 9;
        long firstTaps = stage == 3 ? 4 : 9;
        products += stage == 0 ? 4 * outputs * 9 * c : outputs * (3 * taps * c + firstTaps * c / 2 + c / 2);
      }
      double flops = of(plan.tasks(), Phase.FORWARD).flops();
      assertThat(flops).isBetween(2.0 * BATCH * products, 2.1 * BATCH * products);
    }
  }

  @Test
  void theProfileHasEveryTaskOfTheStepAndNoOther() {
    List<StepProfile> profiles = new ArrayList<>();
    try (TrainingPlan plan = plan(ModelZoo.create("fmnist_cnn"))) {
      plan.profile(profiles::add);
      int[] order = IntStream.range(0, BATCH).toArray();
      for (int step = 0; step < 11; step++) {
        plan.step(order, 0, BATCH, 1e-3);
      }
      assertThat(profiles).extracting(StepProfile::step).containsExactly(5L, 10L);
      List<String> names = plan.tasks().stream().map(GraphTask::name).toList();
      for (StepProfile profile : profiles) {
        assertThat(profile.device().kernels().keySet()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(profile.device().kernelTime()).isBetween(1L, profile.wall());
        assertThat(profile.device().bytesIn()).isPositive();
        if (DeviceTraits.of(DEVICE).plainJvm()) { // it tells the tasks in the order in which they ran
          assertThat(profile.device().kernels().keySet()).containsExactlyElementsOf(names);
        }
      }
    }
  }
}
