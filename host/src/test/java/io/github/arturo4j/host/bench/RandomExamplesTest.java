// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.kernels.loss.BinaryCrossEntropyWithLogits;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.MeanSquaredError;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.layer.Embedding;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.Shape;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RandomExamplesTest {
  static Stream<Arguments> kinds() {
    Network images = network(new Shape(3, 4, 5), new Flatten(), new Linear(2));
    Network rows = network(new Shape(6), new Linear(2));
    Network tokens = network(new Shape(7), new Embedding(9, 4), new Linear(2));
    return Stream.of(
        Arguments.of(images, new CrossEntropy(), "bytes", "classes"),
        Arguments.of(rows, new CrossEntropy(), "floats", "classes"),
        Arguments.of(rows, new MeanSquaredError(), "floats", "values"),
        Arguments.of(rows, new BinaryCrossEntropyWithLogits(), "floats", "values"),
        Arguments.of(tokens, new CrossEntropy(), "tokens", "classes"));
  }

  private static Network network(Shape input, Layer... layers) {
    return new Network("net", input, List.of(layers));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void fitNetworkAndLoss(Network network, Loss loss, String features, String targets) {
    Examples examples = RandomExamples.of(network, loss, 11);
    examples.checkFits(network, loss);
    assertThat(examples.count()).isEqualTo(11);
    assertThat(examples.features().kind()).isEqualTo(features);
    assertThat(examples.targets().getClass().getSimpleName()).isEqualToIgnoringCase(targets);
  }
}
