// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.random.CounterRandom;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.GaussianReference;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.ReferenceNetwork;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.BatchNorm2d;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Predictions with drawn weights beside a network of the same weights, and with dropout. */
class RandomPredictionTest {
  private static final Network NETWORK =
      new Network(
          "images", new Shape(2, 5, 6),
          List.of(new Conv2d(3, 3, 1, 1, true), new ReLU(), new MaxPool2d(), new Dropout(0.5), new Flatten(), new Linear(4)));

  private static final Network NORMED =
      new Network(
          "normed", new Shape(2, 5, 6),
          List.of(new Conv2d(3, 3, 1, 1, false), new BatchNorm2d(), new ReLU(), new Flatten(), new Linear(4)));

  private final TornadoDevice device = Devices.list().getFirst().device();
  private final Random random = new Random(5);

  private static Weights weights(Network network) {
    return network.initialWeights(3);
  }

  private static float[] deviations(Network network) {
    float[] deviations = new float[network.parameterCount()];
    for (int i = 0; i < deviations.length; i++) {
      deviations[i] = 0.01f * (1 + i % 7);
    }
    return deviations;
  }

  private Features.Floats floats(Network network, int count) {
    float[] values = new float[count * network.input().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Features.Floats(values, count, network.input());
  }

  private PredictionPlan plan(Network network, Randomness randomness) {
    return new PredictionPlan(network, weights(network), randomness, Features.Floats.class, Preprocessing.NONE, 4, device);
  }

  private static double[] drawn(Network network, long seed, long sample, double scale) {
    IntArray key = new IntArray(2);
    CounterRandom.setKey(key, 0, seed, sample, 0);
    return GaussianReference.of(key.get(0), key.get(1))
        .draw(scale, Comparison.doubles(weights(network).parameters()), Comparison.doubles(deviations(network)));
  }

  @Test
  void outputsAreThoseOfTheDrawnWeights() {
    Features.Floats features = floats(NETWORK, 9);
    double[] inputs = Comparison.doubles(features.values());
    try (PredictionPlan plan = plan(NETWORK, Randomness.ofWeights(deviations(NETWORK)))) {
      float[] own = plan.predict(features);
      for (int sample = 0; sample < 3; sample++) {
        plan.draw(7, sample, 0.5);
        float[] outputs = plan.predict(features);
        double[] expected =
            ReferenceNetwork.evaluating(NETWORK, new double[0]).logits(drawn(NETWORK, 7, sample, 0.5), inputs, 9);
        assertThat(Comparison.difference("outputs", Comparison.doubles(outputs), expected, 2e-5)).isEmpty();
        assertThat(outputs).isNotEqualTo(own);
      }
      plan.draw(7, 1, 0);
      assertThat(plan.predict(features)).as("scale 0").containsExactly(own);
    }
  }

  @Test
  void aSampleIsTheSameInAnyOrderAndAnyPlan() {
    Features.Floats features = floats(NETWORK, 9);
    Randomness both = new Randomness(deviations(NETWORK), true, null);
    try (PredictionPlan plan = plan(NETWORK, both); PredictionPlan other = plan(NETWORK, both)) {
      plan.draw(7, 0, 1);
      float[] first = plan.predict(features);
      plan.draw(7, 1, 1);
      float[] second = plan.predict(features);
      other.draw(7, 1, 1);
      assertThat(other.predict(features)).containsExactly(second).isNotEqualTo(first);
      other.draw(7, 0, 1);
      assertThat(other.predict(features)).containsExactly(first);
      other.draw(8, 0, 1);
      assertThat(other.predict(features)).isNotEqualTo(first);
    }
  }

  /** Dropout of a half in front of the last layer: outputs of a sample differ, their mean is about that without dropout. */
  @Test
  void dropoutIsOnIfItIsAskedForAndTheMeanOfTheSamplesIsThePrediction() {
    Features.Floats features = floats(NETWORK, 6);
    try (PredictionPlan plan = plan(NETWORK, Randomness.DROPOUT); PredictionPlan off = plan(NETWORK, Randomness.NONE)) {
      float[] expected = off.predict(features);
      double[] mean = new double[expected.length];
      int samples = 400;
      for (int sample = 0; sample < samples; sample++) {
        plan.draw(1, sample, 1);
        float[] outputs = plan.predict(features);
        assertThat(outputs).isNotEqualTo(expected);
        for (int i = 0; i < mean.length; i++) {
          mean[i] += outputs[i] / samples;
        }
      }
      for (int i = 0; i < mean.length; i++) {
        assertThat(mean[i]).isCloseTo(expected[i], within(0.1));
      }
    }
  }

  /** The batch is that of the statistics, over and over, so that these are its own but for 0.9⁶⁰. */
  @Test
  void runningStatisticsAreThoseOfTheDrawnWeights() {
    Features.Floats batch = floats(NORMED, 4);
    Features.Floats many =
        new Features.Floats(repeated(batch.values(), 60), 4 * 60, NORMED.input());
    Randomness kept = Randomness.ofWeights(deviations(NORMED));
    try (PredictionPlan plan = plan(NORMED, kept.statistics(many)); PredictionPlan keeps = plan(NORMED, kept)) {
      plan.draw(7, 2, 10);
      float[] outputs = plan.predict(batch);
      double[] buffers = statistics(drawn(NORMED, 7, 2, 10), Comparison.doubles(batch.values()));
      double[] expected =
          ReferenceNetwork.evaluating(NORMED, buffers)
              .logits(drawn(NORMED, 7, 2, 10), Comparison.doubles(batch.values()), 4);
      assertThat(Comparison.difference("outputs", Comparison.doubles(outputs), expected, 6e-3)).isEmpty();
      keeps.draw(7, 2, 10);
      double[] initial = Comparison.doubles(weights(NORMED).buffers());
      double[] others =
          ReferenceNetwork.evaluating(NORMED, initial).logits(drawn(NORMED, 7, 2, 10), Comparison.doubles(batch.values()), 4);
      assertThat(Comparison.difference("outputs", Comparison.doubles(keeps.predict(batch)), others, 1e-4)).isEmpty();
      plan.draw(7, 3, 10);
      plan.draw(7, 2, 10);
      assertThat(plan.predict(batch)).as("of any draw before").containsExactly(outputs);
    }
  }

  private static float[] repeated(float[] values, int times) {
    float[] all = new float[times * values.length];
    for (int i = 0; i < times; i++) {
      System.arraycopy(values, 0, all, i * values.length, values.length);
    }
    return all;
  }

  /** Mean and unbiased variance of each channel behind the convolution, which has no bias. */
  private static double[] statistics(double[] parameters, double[] inputs) {
    Network convolution = new Network("conv", new Shape(2, 5, 6), List.of(new Conv2d(3, 3, 1, 1, false), new Flatten()));
    double[] x =
        ReferenceNetwork.evaluating(convolution, new double[0])
            .logits(Arrays.copyOf(parameters, convolution.parameterCount()), inputs, 4);
    double[] buffers = new double[6];
    for (int c = 0; c < 3; c++) {
      int channel = c;
      double[] values = new double[4 * 30];
      Arrays.setAll(values, i -> x[(i / 30 * 3 + channel) * 30 + i % 30]);
      double mean = Arrays.stream(values).average().orElseThrow();
      buffers[c] = mean;
      buffers[3 + c] = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    }
    return buffers;
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plan(NETWORK, Randomness.ofWeights(new float[3])))
        .withMessage("the network has " + NETWORK.parameterCount() + " parameters, and there are 3 deviations");
    try (PredictionPlan plan = plan(NETWORK, Randomness.NONE)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> plan.draw(1, 0, Double.NaN))
          .withMessage("the scale of a draw is NaN; it must be 0 or greater");
    }
  }
}
