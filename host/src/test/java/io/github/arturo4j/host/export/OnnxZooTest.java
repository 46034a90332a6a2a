// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.zoo.Gpt;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks of the zoo, those of ImageNet with smaller images and fewer outputs. */
class OnnxZooTest {
  /** Their linear layers are of 120 million weights whatever the image, and all their layers are in other networks, too. */
  private static final List<String> TOO_LARGE = List.of("vgg11", "vgg16");

  private static final List<String> OF_IMAGENET = List.of("resnet18", "resnet34", "resnet50", "mobilenet_v2", "convnext_tiny");

  @TempDir Path folder;

  static Stream<String> names() {
    return ModelZoo.names().stream().filter(name -> !TOO_LARGE.contains(name));
  }

  @ParameterizedTest
  @MethodSource("names")
  void aNetwork(String name) throws Exception {
    Network network =
        OF_IMAGENET.contains(name) ? ModelZoo.model(name).network(new Shape(3, 64, 48), 7) : ModelZoo.create(name);
    OnnxModel.check(folder.resolve("a.onnx"), network, 1);
  }

  @Test
  void gpt() throws Exception {
    Path file = folder.resolve("gpt.onnx");
    OnnxModel.check(file, new Network("gpt", new Shape(12), Gpt.layers(65, 16, 24, 3, 4, 0.1)), 2);
    try (OnnxModel model = new OnnxModel(file)) {
      assertThat(model.input().getShape()).containsExactly(-1, 12);
      assertThat(model.output().getShape()).containsExactly(-1, 12, 65);
    }
  }
}
