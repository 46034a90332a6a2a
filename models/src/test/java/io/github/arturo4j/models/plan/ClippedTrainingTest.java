// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.GradientClipping;
import io.github.arturo4j.kernels.optimizer.GroupOverride;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.models.GradientTest;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.ParameterSpec;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands between the gradients and the update of a network's training: limits, and groups of parameters. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class ClippedTrainingTest {
  private static final SgdHyperparameters SGD = SgdHyperparameters.builder().momentum(0).build();

  private final Network network = GradientTest.smallResNet();
  private final ImageSet images = TestImages.bars(24, network.input(), 3, 1);
  private final int[] order = IntStream.range(0, 24).toArray();
  private final Devices.Entry entry;

  ClippedTrainingTest(Devices.Entry entry) {
    this.entry = entry;
  }

  private TrainingPlan plan(Optimizer optimizer, int micro, GradientClipping clipping) {
    return TrainingPlan.builder(network, optimizer, images, entry.device())
        .batchSize(24)
        .microBatch(micro)
        .seed(3)
        .clipping(clipping)
        .build();
  }

  /** The limit is that of the batch's gradient, not of its micro-batches'. */
  @Test
  void aStepIsAsLongAsTheLimitAllows() {
    for (int micro : new int[] {24, 8}) {
      float[] before;
      float[] gradient;
      try (TrainingPlan plan = plan(new Sgd(SGD), micro, GradientClipping.NONE)) {
        before = plan.parameters();
        plan.step(order, 0, 24, 1);
        gradient = plan.gradients();
      }
      double norm = length(gradient);
      for (double limit : new double[] {0.1 * norm, 2 * norm}) {
        try (TrainingPlan plan = plan(new Sgd(SGD), micro, GradientClipping.norm(limit))) {
          plan.step(order, 0, 24, 1);
          assertThat(length(difference(plan.parameters(), before)))
              .isCloseTo(Math.min(norm, limit), within(1e-4 * norm));
        }
      }
      try (TrainingPlan plan = plan(new Sgd(SGD), micro, GradientClipping.value(0.01))) {
        plan.step(order, 0, 24, 1);
        float[] moved = difference(before, plan.parameters());
        for (int i = 0; i < moved.length; i++) {
          assertThat(moved[i]).isCloseTo(Math.clamp(gradient[i], -0.01f, 0.01f), within(1e-5f));
        }
      }
    }
  }

  /** PyTorch's convention is two groups: normalisations and biases do not decay. */
  @Test
  void groupsAreFoundByTheirNames() {
    SgdHyperparameters decaying = SgdHyperparameters.builder().momentum(0).weightDecay(0.5).build();
    List<GroupOverride> convention =
        List.of(
            GroupOverride.of("norms", Map.of("weightDecay", 0)), GroupOverride.of("biases", Map.of("weightDecay", 0)));
    try (TrainingPlan all = plan(new Sgd(decaying), 24, GradientClipping.NONE);
        TrainingPlan none = plan(new Sgd(SGD), 24, GradientClipping.NONE);
        TrainingPlan some =
            plan(GroupOverride.optimizer(decaying, convention, network.slices()), 24, GradientClipping.NONE)) {
      for (TrainingPlan plan : List.of(all, none, some)) {
        plan.step(order, 0, 24, 0.1);
      }
      float[] decayed = all.parameters();
      float[] plain = none.parameters();
      float[] actual = some.parameters();
      int kept = 0;
      for (ParameterSpec spec : network.parameters()) {
        boolean keeps = spec.shape().length == 1;
        kept += keeps ? 1 : 0;
        for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
          assertThat(actual[i]).as(spec.name()).isEqualTo(keeps ? plain[i] : decayed[i]);
        }
      }
      assertThat(kept).isBetween(5, network.parameters().size() - 1);
    }
  }

  private static float[] difference(float[] a, float[] b) {
    float[] difference = new float[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static double length(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }
}
