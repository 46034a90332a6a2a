// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.ReferenceNetwork;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.AdaptiveAvgPool2d;
import io.github.arturo4j.models.layer.AvgPool2d;
import io.github.arturo4j.models.layer.BatchNorm2d;
import io.github.arturo4j.models.layer.ChannelsFirst;
import io.github.arturo4j.models.layer.ChannelsLast;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.GELU;
import io.github.arturo4j.models.layer.GlobalAveragePool;
import io.github.arturo4j.models.layer.GroupNorm;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerNorm;
import io.github.arturo4j.models.layer.LayerNorm2d;
import io.github.arturo4j.models.layer.LayerScale;
import io.github.arturo4j.models.layer.LeakyReLU;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.MultiHeadAttention;
import io.github.arturo4j.models.layer.PositionalEmbedding;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.ReLU6;
import io.github.arturo4j.models.layer.Reshape;
import io.github.arturo4j.models.layer.Residual;
import io.github.arturo4j.models.layer.Sequential;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.layer.SiLU;
import io.github.arturo4j.models.layer.Sigmoid;
import io.github.arturo4j.models.layer.SinusoidalPositions;
import io.github.arturo4j.models.layer.Softmax;
import io.github.arturo4j.models.layer.StochasticDepth;
import io.github.arturo4j.models.layer.Tanh;
import io.github.arturo4j.models.layer.Upsample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Layers in any order that PyTorch takes: the loss of a training step and of an evaluation are those of the reference, the
 * gradient in a random direction is the reference's central difference, and fused and not fused are the same.
 */
class RandomNetworkTest {
  private static final int NETWORKS = 200;
  private static final int NETWORKS_OF_A_DRIVER = 6; // each compiles its kernels
  private static final int MAX_LAYERS = 7;
  private static final long SEED = 31;
  private static final int[] INDICES = {3, 8, 0, 5};

  private final TornadoDevice device = Devices.list().getFirst().device();

  @Test
  void computesWhatTheReferenceDoes() {
    int checked = 0;
    int networks = DeviceTraits.of(device).plainJvm() ? NETWORKS : NETWORKS_OF_A_DRIVER;
    for (int seed = 0; checked < networks; seed++) {
      RandomGenerator random = new SplittableRandom(seed);
      List<Layer> layers = layers(random, MAX_LAYERS, 3);
      layers.addAll(List.of(new Flatten(), new Linear(3)));
      Shape input = new Shape(1 + random.nextInt(2), 4 + random.nextInt(4), 4 + random.nextInt(4));
      Network network;
      try {
        network = new Network("random", input, layers);
      } catch (IllegalArgumentException e) {
        assertThat(e).as("seed %s, %s", seed, layers).hasMessageMatching(".*(empty shape|do not fit into|cannot add|computes nothing|"
            + "over an image of|cannot flatten|cannot take|"
            + "cannot normalise over|cannot make|over positions×dimensions|have to divide them|has vectors for).*");
        assertThat(seed).as("most are networks").isLessThan(3 * NETWORKS);
        continue;
      }
      try {
        check(network, random);
        checked++;
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", " + input + ", " + layers + ": " + e.getMessage(), e);
      }
    }
  }

  private static List<Layer> layers(RandomGenerator random, int max, int depth) {
    List<Layer> layers = new ArrayList<>();
    int count = 1 + random.nextInt(max);
    for (int i = 0; i < count; i++) {
      layers.add(layer(random, depth));
    }
    return layers;
  }

  private static Layer layer(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth > 0 ? 26 : 22)) {
      case 0, 1 -> new Conv2d(1 + random.nextInt(3), 1 + 2 * random.nextInt(2), 1);
      case 2 -> new Conv2d(1 + random.nextInt(3), 3, 1 + random.nextInt(2), 1, false);
      case 3, 4, 5 -> new ReLU();
      case 6 -> new MaxPool2d();
      case 7 -> new MaxPool2d(3, 1 + random.nextInt(2), 1);
      case 8 -> new BatchNorm2d();
      case 9 -> new Dropout(random.nextInt(4) * 0.2);
      case 10 -> new Linear(1 + random.nextInt(4), random.nextBoolean());
      case 11 -> random.nextInt(3) == 0 ? new GlobalAveragePool() : new Flatten();
      case 12, 13 -> activation(random);
      case 14, 15 -> resampling(random);
      case 16 -> random.nextBoolean() ? new LayerNorm(random.nextInt(3)) : new GroupNorm(1 + random.nextInt(2));
      case 17 ->
          new Conv2d(2, 1 + random.nextInt(3), 1 + random.nextInt(2), 1, 1 + random.nextInt(2), 1 + random.nextInt(2),
              random.nextBoolean());
      case 18, 19 -> sequence(random);
      case 20 -> random.nextBoolean() ? new LayerNorm2d(1e-3) : new LayerScale(random.nextGaussian());
      case 21 -> random.nextInt(3) == 0 ? new StochasticDepth(.4) : permutation(random);
      case 22, 23 -> new Sequential(layers(random, 3, depth - 1));
      default ->
          new Residual(same(random, depth - 1), random.nextBoolean() ? List.of() : same(random, depth - 1));
    };
  }

  private static Layer activation(RandomGenerator random) {
    return switch (random.nextInt(7)) {
      case 0 -> new GELU(random.nextBoolean() ? GELU.Approximate.none : GELU.Approximate.tanh);
      case 1 -> new SiLU();
      case 2 -> new LeakyReLU(random.nextDouble());
      case 3 -> new Sigmoid();
      case 4 -> new Tanh();
      case 5 -> new ReLU6();
      default -> new Softmax();
    };
  }

  /** Of what is mostly made a sequence first, whose positions are channels. */
  private static Layer sequence(RandomGenerator random) {
    Layer layer =
        switch (random.nextInt(4)) {
          case 0 -> new PositionalEmbedding(1 + random.nextInt(9), .3);
          case 1 -> new SinusoidalPositions();
          default ->
              new MultiHeadAttention(1 + random.nextInt(2), random.nextBoolean(), random.nextBoolean() ? 0 : .4);
        };
    Sequential flat = new Sequential(new Flatten(2, 3), layer);
    return random.nextInt(3) == 0 ? new Residual(List.of(flat), List.of(new Flatten(2, 3))) : flat;
  }

  private static Layer permutation(RandomGenerator random) {
    Layer last = new ChannelsLast();
    Layer first = new ChannelsFirst();
    return switch (random.nextInt(3)) {
      case 0 -> last;
      case 1 -> first;
      default -> new Sequential(last, new Linear(1 + random.nextInt(3)), first);
    };
  }

  private static Layer resampling(RandomGenerator random) {
    return switch (random.nextInt(6)) {
      case 0 -> new AvgPool2d(2);
      case 1 -> new AvgPool2d(3, 1 + random.nextInt(2), 1);
      case 2 -> new AdaptiveAvgPool2d(1 + random.nextInt(5), 1 + random.nextInt(5));
      case 3 -> new Upsample(1 + random.nextInt(2));
      case 4 -> new Flatten(2, 3);
      default -> new Reshape(2, 2, 5);
    };
  }

  /** Layers that mostly keep the shape. */
  private static List<Layer> same(RandomGenerator random, int depth) {
    List<Layer> layers = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      layers.add(
          switch (random.nextInt(8)) {
            case 0 -> new MaxPool2d(3, 1, 1);
            case 1 -> random.nextBoolean() ? new BatchNorm2d() : new LayerNorm();
            case 2 -> new Dropout(0.3);
            case 3 -> layer(random, depth);
            case 4 -> activation(random);
            case 5 -> random.nextBoolean() ? new StochasticDepth(.3) : new LayerScale(.5);
            default -> new ReLU();
          });
    }
    return layers;
  }

  private void check(Network network, RandomGenerator random) {
    ImageSet images = TestImages.bars(9, network.input(), 3, 1);
    float[] parameters = network.initialParameters(random.nextLong());
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += (float) (0.1 * random.nextGaussian()); // shifts of 0 would put zeros on a ReLU's edge
    }
    float[] buffers = network.initialBuffers();
    double[] point = Comparison.doubles(parameters);
    ReferenceNetwork training = ReferenceNetwork.training(network, SEED, 0);
    float[] fused = gradient(network, images, parameters, training.loss(point, images, INDICES));
    float[] apart = gradient(network.withoutFusion(), images, parameters, training.loss(point, images, INDICES));
    double scale = norm(apart) + 1e-3;
    for (int i = 0; i < fused.length; i++) {
      assertThat((double) fused[i]).as("gradient %d, fused", i).isCloseTo(apart[i], within(1e-4 * scale));
    }
    double[] direction = new double[fused.length];
    double slope = 0;
    double h = 1e-7;
    double[] above = point.clone();
    double[] below = point.clone();
    for (int i = 0; i < direction.length; i++) {
      direction[i] = random.nextGaussian();
      slope += direction[i] * fused[i];
      above[i] += h * direction[i];
      below[i] -= h * direction[i];
    }
    double difference = (training.loss(above, images, INDICES) - training.loss(below, images, INDICES)) / (2 * h);
    assertThat(slope).as("slope").isCloseTo(difference, within(2e-3 * scale));
    double expected =
        ReferenceNetwork.evaluating(network, Comparison.doubles(buffers)).loss(point, images, 0, 1, 2, 3, 4, 5, 6, 7, 8);
    for (Network each : List.of(network, network.withoutFusion())) {
      try (EvaluationPlan plan = new EvaluationPlan(each, images, 4, device)) {
        assertThat(plan.evaluate(new Weights(parameters, buffers)).loss()).isCloseTo(expected, within(1e-4));
      }
    }
  }

  /** The gradient of a step whose loss has to be the expected one. */
  private float[] gradient(Network network, ImageSet images, float[] parameters, double loss) {
    Sgd sgd = new Sgd(SgdHyperparameters.builder().momentum(0).build());
    try (TrainingPlan plan = TrainingPlan.builder(network, sgd, images, device)
        .initial(parameters)
        .batchSize(5)
        .seed(SEED)
        .build()) {
      plan.step(INDICES, 0, INDICES.length, 1e-3);
      assertThat(plan.metrics().loss()).isCloseTo(loss, within(1e-4));
      return plan.gradients();
    }
  }

  private static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
