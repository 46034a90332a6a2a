// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.models.Network;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitializationTest {
  private static final int IN = 40;
  private static final int OUT = 90;
  private static final int KERNEL = 3;

  private static Network network(Layer... layers) {
    return new Network("some", new Shape(IN, 5, 5), List.of(layers));
  }

  private static Layer convolution() {
    return new Conv2d(OUT, KERNEL, 0);
  }

  /** Mean square of a tensor's values. */
  private static double variance(Network network, String tensor) {
    ParameterSpec spec = spec(network, tensor);
    float[] values = network.initialParameters(5);
    double sum = 0;
    for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
      sum += (double) values[i] * values[i];
    }
    return sum / spec.size();
  }

  private static ParameterSpec spec(Network network, String tensor) {
    return network.parameters().stream().filter(p -> p.name().equals(tensor)).findFirst().orElseThrow();
  }

  /** The variances are those of PyTorch's functions, whose fans are 360 and 810 of this convolution. */
  @ParameterizedTest
  @CsvSource({
    "pytorch, 0.000925926, 0.000925926", "he, 0.005555556, 0", "he_fan_out, 0.002469136, 0", "xavier, 0.001709402, 0",
    "xavier_normal, 0.001709402, 0", "normal:0.02, 0.0004, 0", "truncated_normal:0.02, 0.0004, 0", "truncated_normal:1, 0.773741, 0",
    "truncated_normal:3, 1.256039, 0", "orthogonal, 0.002777778, 0"
  })
  void aConvolutionsWeightsHaveTheirVariance(String name, double weights, double biases) {
    Network network = network(new Initialized(Initialization.parse(name), convolution()), new Flatten());
    assertThat(variance(network, "0.weight")).isCloseTo(weights, within(weights / 50));
    assertThat(variance(network, "0.bias")).isCloseTo(biases, within(biases / 3));
  }

  @Test
  void aTruncatedNormalIsCutAtTwo() {
    for (String deviation : List.of("1", "1.9", "40")) {
      Initialization cut = Initialization.parse("truncated_normal:" + deviation);
      float[] values = network(new Initialized(cut, convolution()), new Flatten()).initialParameters(7);
      float max = 0;
      for (float value : values) {
        max = Math.max(max, Math.abs(value));
      }
      assertThat(max).isBetween(1.99f, 2f);
    }
  }

  @Test
  void aLinearMapsWeightsHaveTheirVariance() {
    Network network =
        network(new Flatten(), new Linear(200)).initializedBy(Initialization.parse("xavier"));
    assertThat(variance(network, "1.weight")).isCloseTo(2.0 / 1200, within(1e-4));
    assertThat(variance(network, "1.bias")).isZero();
  }

  @Test
  void orthogonalRowsOrColumnsAreOrthonormal() {
    for (int out : new int[] {7, IN * 25, IN * 25 + 9}) {
      Network network = network(new Flatten(), new Initialized(Initialization.parse("orthogonal"), new Linear(out, false)));
      float[] w = network.initialParameters(1);
      int in = IN * 25;
      int vectors = Math.min(out, in);
      for (int a = 0; a < vectors; a += Math.max(1, vectors / 11)) {
        for (int b = 0; b < vectors; b += Math.max(1, vectors / 7)) {
          double dot = 0;
          for (int i = 0; i < Math.max(out, in); i++) {
            dot += out <= in ? w[a * in + i] * w[b * in + i] : w[i * in + a] * w[i * in + b];
          }
          assertThat(dot).as("%s outputs, %s · %s", out, a, b).isCloseTo(a == b ? 1 : 0, within(1e-5));
        }
      }
    }
  }

  @Test
  void theNetworksInitializationIsThatOfAllWhateverTheySay() {
    Layer own = new Initialized(Initialization.parse("normal:0.5"), convolution());
    assertThat(variance(network(own, new Flatten()), "0.weight")).isCloseTo(.25, within(.01));
    Network chosen = network(own, new BatchNorm2d(), new Flatten()).initializedBy(Initialization.parse("he"));
    assertThat(variance(chosen, "0.weight")).isCloseTo(2. / 360, within(1e-4));
    assertThat(variance(chosen, "1.weight")).isEqualTo(1);
    assertThat(chosen.withoutFusion().initialParameters(3)).isEqualTo(chosen.initialParameters(3));
  }

  @Test
  void anInitializedLayerSaysNothingOfThoseBehindIt() {
    Network network =
        network(
            new Initialized(Initialization.parse("normal:0.5"), new Sequential(convolution(), new ReLU())),
            convolutionOf(OUT), new Flatten());
    assertThat(variance(network, "0.0.weight")).isCloseTo(.25, within(.01));
    assertThat(variance(network, "1.weight")).isCloseTo(1. / 3 / (OUT * 9), within(1e-4));
  }

  private static Layer convolutionOf(int channels) {
    return new Conv2d(channels, KERNEL, 1);
  }

  @Test
  void whatIsNoneIsRefusedWithThoseThereAre() {
    for (String text : List.of("kaiming", "normal", "normal:", "normal:0", "normal:-1", "normal:NaN", "truncated_normal",
        "truncated_normal:0", "he:2", "")) {
      assertThatIllegalArgumentException().isThrownBy(() -> Initialization.parse(text))
          .withMessage(
              "is '" + text + "'; it must be one of: pytorch, he, he_fan_out, xavier, xavier_normal, orthogonal,"
                  + " normal:DEVIATION, truncated_normal:DEVIATION");
    }
    assertThat(Initialization.parse("normal:0.02")).hasToString("normal:0.02");
    assertThat(Initialization.parse("truncated_normal:0.5")).hasToString("truncated_normal:0.5");
  }
}
