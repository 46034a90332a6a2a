// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Arturo;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.models.GradientTest;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Shape;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class TrainingPlanTest {
  private static final ArturoHyperparameters ARTURO =
      ArturoHyperparameters.builder()
          .regWeight(0.0586)
          .measurementNoise(2.8168)
          .dynamicModelNoise(0.01739)
          .weightDecay(1e-6)
          .build();

  private final TornadoDevice device;
  private final Shape shape = new Shape(1, 8, 7);
  private final ImageSet images = TestImages.bars(96, shape, 3, 1);
  private final int[] order = IntStream.range(0, 96).toArray();

  TrainingPlanTest(Devices.Entry entry) {
    device = entry.device();
  }

  private Network network(double dropout) {
    return new Network(
        "small",
        shape,
        List.of(
            new Conv2d(6, 3, 0), new ReLU(), new MaxPool2d(), new Dropout(dropout), new Flatten(),
            new Linear(16), new ReLU(), new Dropout(dropout), new Linear(3)));
  }

  private TrainingPlan plan(Network network, int batchSize) {
    return TrainingPlan.builder(network, plainSgd(), images, device)
        .initial(network.initialParameters(3))
        .batchSize(batchSize)
        .seed(11)
        .build();
  }

  private static Sgd plainSgd() {
    return new Sgd(SgdHyperparameters.builder().momentum(0).build());
  }

  @Test
  void trainingLowersTheLoss() {
    Network network = network(.2);
    try (TrainingPlan plan = plan(network, 16);
        EvaluationPlan evaluation = new EvaluationPlan(network, images, 40, device)) {
      Evaluation before = evaluation.evaluate(plan.parameters());
      for (int epoch = 0; epoch < 25; epoch++) {
        for (int start = 0; start < 96; start += 16) {
          plan.step(order, start, 16, .2);
        }
      }
      Evaluation after = evaluation.evaluate(plan.parameters());
      assertThat(before.loss()).isCloseTo(Math.log(3), within(.5));
      assertThat(after.loss()).isLessThan(.2);
      assertThat(after.metric("accuracy")).isGreaterThan(.95);
      assertThat(plan.steps()).isEqualTo(150);
      assertThat(plan.networkSeconds()).isPositive();
      assertThat(plan.optimizerSeconds()).isPositive();
      assertThat(plan.deviceBytes()).isGreaterThan(8L * network.parameterCount());
    }
  }

  @Test
  void sameSeedGivesTheSameParametersToTheBit() {
    Network network = network(.5);
    float[][] results = new float[2][];
    for (int run = 0; run < 2; run++) {
      try (TrainingPlan plan = plan(network, 16)) {
        for (int step = 0; step < 10; step++) {
          plan.step(order, step * 8, 16, .1);
        }
        results[run] = plan.parameters();
      }
    }
    assertThat(results[0]).isEqualTo(results[1]);
    assertThat(results[0]).isNotEqualTo(network.initialParameters(3));
  }

  @Test
  void aRestoredPlanGoesOnToTheBit() {
    Network network = network(.5);
    try (TrainingPlan whole = plan(network, 16);
        TrainingPlan half = plan(network, 16);
        TrainingPlan resumed = plan(network, 16)) {
      resumed.restore(half.state());
      assertThat(resumed.parameters()).isEqualTo(network.initialParameters(3));
      assertThat(resumed.report()).isNull();
      for (int step = 0; step < 10; step++) {
        whole.step(order, step * 8, 16, .1);
        if (step == 4) {
          resumed.restore(half.state());
          assertThat(resumed.steps()).isEqualTo(4);
          assertThat(resumed.parameters()).isEqualTo(half.parameters());
          assertThat(resumed.report()).isNotNull();
        }
        (step < 4 ? half : resumed).step(order, step * 8, 16, .1);
      }
      assertThat(resumed.parameters()).isEqualTo(whole.parameters());
      assertThat(resumed.steps()).isEqualTo(10);
      assertThatIllegalStateException().isThrownBy(() -> resumed.restore(half.state()));
    }
    try (TrainingPlan plan = plan(network, 16)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan.restore(new TrainingState(1, new Weights(new float[3], new float[0]), Map.of())))
          .withMessageContaining("parameters, not 3");
    }
  }

  @Test
  void aRestoredResidualNetworkGoesOnToTheBit() {
    Network network = GradientTest.smallResNet();
    ImageSet some = TestImages.bars(40, network.input(), 3, 1);
    Supplier<TrainingPlan> plans =
        () ->
            TrainingPlan.builder(network, new Arturo(ARTURO.withMode(Mode.ROBUST)), some, device)
                .initial(network.initialParameters(3))
                .batchSize(16)
                .seed(11)
                .build();
    int[] counts = {16, 16, 8};
    try (TrainingPlan whole = plans.get();
        TrainingPlan half = plans.get();
        TrainingPlan resumed = plans.get();
        EvaluationPlan evaluation = new EvaluationPlan(network, some, 16, device)) {
      assertThat(whole.weights().buffers()).isEqualTo(network.initialBuffers());
      double before = evaluation.evaluate(whole.weights()).loss();
      for (int step = 0; step < 60; step++) {
        if (step == 31) {
          resumed.restore(half.state());
          assertThat(resumed.weights().buffers()).isEqualTo(half.weights().buffers());
        }
        int batch = step % 3;
        whole.step(order, batch * 16, counts[batch], 0.02);
        (step < 31 ? half : resumed).step(order, batch * 16, counts[batch], 0.02);
      }
      assertThat(resumed.weights().parameters()).isEqualTo(whole.weights().parameters());
      assertThat(resumed.weights().buffers()).isEqualTo(whole.weights().buffers());
      assertThat(whole.weights().buffers()).isNotEqualTo(network.initialBuffers());
      Evaluation after = evaluation.evaluate(whole.weights());
      assertThat(after.loss()).isLessThan(0.3 * before);
      assertThat(whole.deviceBytes()).isGreaterThan(8L * network.parameterCount());
    }
  }

  @Test
  void rowsBehindASmallerBatchDoNotEnterTheStatistics() {
    Network network = GradientTest.smallResNet();
    ImageSet some = TestImages.bars(40, network.input(), 3, 1);
    float[][] gradients = new float[2][];
    float[][] buffers = new float[2][];
    for (int i = 0; i < 2; i++) {
      int batch = i == 0 ? 5 : 19;
      try (TrainingPlan plan =
          TrainingPlan.builder(network, plainSgd(), some, device)
              .initial(network.initialParameters(3))
              .batchSize(batch)
              .seed(11)
              .build()) {
        plan.step(order, 0, 5, .1);
        gradients[i] = plan.gradients();
        buffers[i] = plan.weights().buffers();
      }
    }
    for (int i = 0; i < gradients[0].length; i++) {
      assertThat(gradients[1][i]).isCloseTo(gradients[0][i], within(1e-5f));
    }
    for (int i = 0; i < buffers[0].length; i++) {
      assertThat(buffers[1][i]).isCloseTo(buffers[0][i], within(1e-6f));
    }
  }

  @Test
  void beginsWithTheRunningStatisticsItIsGiven() {
    Network network = GradientTest.smallResNet();
    ImageSet some = TestImages.bars(40, network.input(), 3, 1);
    float[] buffers = network.initialBuffers();
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] += 1 + i;
    }
    Weights initial = new Weights(network.initialParameters(3), buffers);
    try (TrainingPlan plan =
        TrainingPlan.builder(network, plainSgd(), some, device).initial(initial).batchSize(40).seed(11).build()) {
      assertThat(plan.weights().buffers()).isEqualTo(buffers);
      plan.step(order, 0, 40, 1e-30);
      float[] after = plan.weights().buffers();
      assertThat(after).isNotEqualTo(buffers);
      try (TrainingPlan fresh =
          TrainingPlan.builder(network, plainSgd(), some, device)
              .initial(initial.parameters())
              .batchSize(40)
              .seed(11)
              .build()) {
        fresh.step(order, 0, 40, 1e-30);
        float[] ofFresh = fresh.weights().buffers();
        for (int i = 0; i < after.length; i++) { // the old statistics count for 0.9
          assertThat(after[i] - ofFresh[i]).isCloseTo(0.9f * (1 + i), within(1e-4f * (1 + i)));
        }
      }
    }
  }

  @Test
  void anEvaluationCanBeStopped() {
    Network network = network(0);
    try (EvaluationPlan evaluation = new EvaluationPlan(network, images, 40, device)) {
      Weights weights = new Weights(network.initialParameters(3), new float[0]);
      int[] asked = {0};
      assertThat(evaluation.evaluate(weights, () -> ++asked[0] == 3)).isEmpty();
      assertThat(evaluation.evaluate(weights, () -> ++asked[0] == 3))
          .contains(evaluation.evaluate(weights));
      assertThat(asked[0]).isEqualTo(6);
    }
  }

  @Test
  void aShortBatchIsOneOfThatSize() {
    Network network = network(0);
    float[][] results = new float[2][];
    int[] batchSizes = {16, 5};
    for (int run = 0; run < 2; run++) {
      try (TrainingPlan plan = plan(network, batchSizes[run])) {
        plan.step(order, 20, 5, .1);
        results[run] = plan.gradients();
        TrainingMetrics metrics = plan.metrics();
        assertThat(metrics.examples()).isEqualTo(5);
        assertThat(metrics.loss()).isCloseTo(Math.log(3), within(.5));
      }
    }
    for (int i = 0; i < results[0].length; i++) {
      assertThat(results[0][i]).isCloseTo(results[1][i], within(1e-6f));
    }
  }

  @Test
  void metricsAreThoseSinceTheLastCall() {
    Network network = network(0);
    try (TrainingPlan plan = plan(network, 16);
        EvaluationPlan evaluation = new EvaluationPlan(network, images.limit(16), 16, device)) {
      assertThat(plan.metrics().examples()).isZero();
      double expected = 0;
      for (int step = 0; step < 6; step++) {
        Evaluation before = evaluation.evaluate(plan.parameters());
        expected += before.loss() * 16;
        plan.step(order, 0, 16, .1);
        if (step % 3 == 2) {
          TrainingMetrics metrics = plan.metrics();
          assertThat(metrics.examples()).isEqualTo(48);
          assertThat(metrics.lossSum()).isCloseTo(expected, within(1e-3));
          assertThat(plan.metrics().examples()).isZero();
          expected = 0;
        }
      }
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    Network network = network(0);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingPlan.builder(network, plainSgd(), images, device)
            .initial(new float[3])
            .batchSize(16)
            .seed(1)
            .build())
        .withMessage("small has " + network.parameterCount() + " parameters, not 3");
    Weights others = new Weights(network.initialParameters(3), new float[2]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrainingPlan.builder(network, plainSgd(), images, device)
            .initial(others)
            .batchSize(16)
            .seed(1)
            .build())
        .withMessage("small has 0 running statistics, not 2");
    assertThatIllegalArgumentException().isThrownBy(() -> plan(network,
        0)).withMessageContaining("batch size");
    try (TrainingPlan plan = plan(network, 16)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan.step(order, 0, 17, .1))
          .withMessageContaining("1 to 16");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan.step(new int[] {96}, 0, 1, .1))
          .withMessageContaining("example 96");
    }
  }
}
