// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.ReferenceNetwork;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.BatchNorm2d;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.zoo.Gpt;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

class PredictionPlanTest {
  private static final Network IMAGES =
      new Network(
          "images", new Shape(2, 5, 6),
          List.of(
              new Conv2d(3, 3, 1, 1, false), new BatchNorm2d(), new ReLU(), new MaxPool2d(), new Dropout(0.5), new Flatten(),
              new Linear(4)));

  /** Nothing depends on its weights alone: its section "once" has no task. */
  private static final Network PLAIN = new Network("plain", new Shape(7), List.of(new Linear(5), new ReLU(), new Linear(3)));

  private static final Network TOKENS = new Network("tokens", new Shape(6), Gpt.layers(11, 8, 4, 2, 2, 0.3));

  private static final Preprocessing NORMALIZED =
      new Preprocessing(
          new Augmentation(2, Augmentation.Mode.zero, true), new Normalization(List.of(0.4, 0.6), List.of(0.2, 0.5)));

  private final TornadoDevice device = Devices.list().getFirst().device();
  private final Random random = new Random(5);

  private Weights weights(Network network) {
    float[] parameters = network.initialParameters(3);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += (float) (0.1 * random.nextGaussian());
    }
    float[] buffers = network.initialBuffers();
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] += random.nextFloat();
    }
    return new Weights(parameters, buffers);
  }

  private Features.Floats floats(int count, Shape shape) {
    float[] values = new float[count * shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Features.Floats(values, count, shape);
  }

  private static void check(Network network, Weights weights, double[] inputs, int count, float[] outputs) {
    double[] expected =
        ReferenceNetwork.evaluating(network, Comparison.doubles(weights.buffers()))
            .logits(Comparison.doubles(weights.parameters()), inputs, count);
    assertThat(Comparison.difference("outputs", Comparison.doubles(outputs), expected, 1e-5)).isEmpty();
  }

  @Test
  void floatsOfAnyNumberAndAgain() {
    for (Network network : List.of(IMAGES, PLAIN)) {
      Weights weights = weights(network);
      try (PredictionPlan plan = new PredictionPlan(network, weights, 4, device)) {
        for (int count : new int[] {3, 4, 1, 11, 3}) {
          Features.Floats features = floats(count, network.input());
          float[] outputs = plan.predict(features);
          check(network, weights, Comparison.doubles(features.values()), count, outputs);
          assertThat(plan.predict(features)).containsExactly(outputs);
        }
        assertThat(plan.batchSize()).isEqualTo(4);
        assertThat(plan.deviceBytes()).isGreaterThan(4L * network.parameterCount());
      }
    }
  }

  @Test
  void bytesAreNormalizedAndNotAugmented() {
    Weights weights = weights(IMAGES);
    int count = 5;
    byte[] bytes = new byte[count * IMAGES.input().size()];
    random.nextBytes(bytes);
    double[] inputs = new double[bytes.length];
    double[] plain = new double[bytes.length];
    for (int i = 0; i < inputs.length; i++) {
      int channel = i / IMAGES.input().pixels() % 2;
      plain[i] = (bytes[i] & 0xff) / 255.0;
      inputs[i] = (plain[i] - (channel == 0 ? 0.4 : 0.6)) / (channel == 0 ? 0.2 : 0.5);
    }
    Features features = new Features.Bytes(bytes, count, IMAGES.input());
    try (PredictionPlan plan = new PredictionPlan(IMAGES, weights, Features.Bytes.class, NORMALIZED, 3, device);
        PredictionPlan as = new PredictionPlan(IMAGES, weights, Features.Bytes.class, Preprocessing.NONE, 8, device)) {
      check(IMAGES, weights, inputs, count, plan.predict(features));
      check(IMAGES, weights, plain, count, as.predict(features));
    }
  }

  @Test
  void tokensHaveOutputsForEachPosition() {
    Weights weights = weights(TOKENS);
    int[] tokens = random.ints(3 * 6, 0, 11).toArray();
    try (PredictionPlan plan = new PredictionPlan(TOKENS, weights, 2, device)) {
      float[] outputs = plan.predict(new Features.Tokens(tokens, 3, TOKENS.input()));
      assertThat(outputs).hasSize(3 * 6 * 11);
      check(TOKENS, weights, Arrays.stream(tokens).asDoubleStream().toArray(), 3, outputs);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan.predict(Features.of(new int[] {1, 2, 3, 4, 5, 11}, 6)))
          .withMessageStartingWith("example 0 has the token 11, and the network knows 0 to 10");
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    Weights weights = weights(IMAGES);
    try (PredictionPlan plan = new PredictionPlan(IMAGES, weights, 4, device)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan.predict(floats(1, new Shape(2, 6, 5))))
          .withMessage("images takes examples of 2×5×6, not 2×6×5");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan.predict(new Features.Bytes(new byte[60], 1, IMAGES.input())))
          .withMessage("the plan is of Features.Floats, not of bytes: make one of these");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PredictionPlan(IMAGES, weights, 0, device))
        .withMessage("batch size must be positive: 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new PredictionPlan(IMAGES, weights, Features.Tokens.class, Preprocessing.NONE, 4, device))
        .withMessage("images takes no tokens: it has no Embedding");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new PredictionPlan(TOKENS, weights(TOKENS), Features.Floats.class, Preprocessing.NONE, 4, device))
        .withMessage("tokens takes tokens: ask for Features.Tokens.class");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PredictionPlan(TOKENS, weights(TOKENS), Features.Tokens.class, NORMALIZED, 4, device))
        .withMessage("normalization is of numbers, not of tokens; leave it out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PredictionPlan(PLAIN, weights, 4, device))
        .withMessageContaining("the network has " + PLAIN.parameterCount() + " parameters, not ");
  }
}
