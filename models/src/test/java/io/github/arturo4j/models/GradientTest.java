// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.Devices;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.models.Layer.Convolution;
import io.github.arturo4j.models.Layer.Dropout;
import io.github.arturo4j.models.Layer.Flatten;
import io.github.arturo4j.models.Layer.Linear;
import io.github.arturo4j.models.Layer.MaxPool;
import io.github.arturo4j.models.Layer.Relu;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.ParameterizedClass;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** The gradients of the device's kernels against central differences of a loss in double precision. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.Devices#list")
class GradientTest {
  private static final long SEED = 17;

  private final TornadoDevice device;

  GradientTest(Devices.Entry entry) {
    device = entry.device();
  }

  private static Network network(String name, Shape input, Layer... layers) {
    return new Network(name, input, List.of(layers));
  }

  static List<Network> networks() {
    return List.of(
        network("linear", new Shape(1, 3, 4), new Flatten(), new Linear(3)),
        network("perceptron", new Shape(1, 3, 4), new Flatten(), new Linear(7), new Relu(), new Linear(3)),
        network("dropout", new Shape(1, 3, 4), new Flatten(), new Linear(31), new Relu(), new Dropout(.5),
            new Linear(3)),
        network("convolution", new Shape(2, 5, 6), new Convolution(3, 3, 0), new Relu(), new Flatten(),
            new Linear(3)),
        network(
            "pool", new Shape(2, 7, 8), new Convolution(3, 3, 0), new Relu(), new MaxPool(), new Flatten(),
            new Linear(3)),
        network(
            "like fmnist_cnn", new Shape(1, 15, 14),
            new Convolution(3, 3, 0), new Relu(), new MaxPool(), new Dropout(.2),
            new Convolution(4, 3, 0), new Relu(), new MaxPool(), new Dropout(.2),
            new Convolution(5, 2, 0), new Relu(), new Dropout(.2),
            new Flatten(), new Linear(9), new Relu(), new Dropout(.5), new Linear(3)),
        network(
            "padded", new Shape(3, 6, 6),
            new Convolution(3, 3, 1), new Relu(), new MaxPool(), new Dropout(.2),
            new Convolution(4, 3, 1), new Relu(), new MaxPool(),
            new Flatten(), new Linear(3)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void agreesWithCentralDifferences(Network network) {
    ImageSet images = TestImages.bars(9, network.input(), 3, 1);
    float[] parameters = network.initialParameters(5);
    int[] indices = {3, 8, 0, 5};
    float[] gradient;
    double loss;
    Sgd plainSgd = new Sgd(new SgdHyperparameters(0, 0));
    try (TrainingPlan plan = new TrainingPlan(network, plainSgd, images, parameters, 5, SEED, device)) {
      plan.step(indices, 0, indices.length, 1e-3);
      gradient = plan.gradients();
      loss = plan.metrics().loss();
    }
    ReferenceNetwork reference = new ReferenceNetwork(network, SEED, 0);
    double[] point = new double[parameters.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = parameters[i];
    }
    assertThat(loss).isCloseTo(reference.loss(point, images, indices), within(1e-5));
    for (ParameterSpec spec : network.parameters()) {
      double error = 0;
      double norm = 0;
      for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
        double expected = difference(reference, point, i, images, indices);
        error += Math.pow(gradient[i] - expected, 2);
        norm += expected * expected;
      }
      assertThat(Math.sqrt(error / norm)).as("%s of %s", spec.name(), network.name()).isLessThan(1e-4);
    }
  }

  private static double difference(
      ReferenceNetwork reference, double[] point, int i, ImageSet images, int[] indices) {
    double h = 1e-6;
    double at = point[i];
    point[i] = at + h;
    double above = reference.loss(point, images, indices);
    point[i] = at - h;
    double below = reference.loss(point, images, indices);
    point[i] = at;
    return (above - below) / (2 * h);
  }

  @Test
  void evaluationHasNoDropout() {
    Network network = networks().get(5);
    ImageSet images = TestImages.bars(11, network.input(), 3, 1);
    float[] parameters = network.initialParameters(5);
    double[] point = new double[parameters.length];
    for (int i = 0; i < point.length; i++) {
      point[i] = parameters[i];
    }
    int[] all = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    double expected = new ReferenceNetwork(network, null, 0).loss(point, images, all);
    try (EvaluationPlan plan = new EvaluationPlan(network, images, 4, device)) {
      for (int repetition = 0; repetition < 2; repetition++) {
        Evaluation evaluation = plan.evaluate(parameters);
        assertThat(evaluation.loss()).isCloseTo(expected, within(1e-5));
        assertThat(evaluation.images()).isEqualTo(11);
        assertThat(evaluation.accuracy() * 11).isCloseTo(Math.rint(evaluation.accuracy() * 11), within(1e-9));
      }
    }
  }
}
