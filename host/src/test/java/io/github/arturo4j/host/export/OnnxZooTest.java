// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.zoo.Gpt;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks of the zoo, those of ImageNet with smaller images and fewer outputs. */
class OnnxZooTest {
  private static final Shape IMAGE = new Shape(3, 64, 48);

  /** Five halvings leave one pixel. */
  private static final Shape SMALLEST = new Shape(3, 32, 32);

  /** Images that a network of ImageNet takes here; VGG's linear layers have 120 million weights whatever the image. */
  private static final Map<String, Shape> OF_IMAGENET =
      Map.of(
          "resnet18", IMAGE, "resnet34", IMAGE, "resnet50", IMAGE, "mobilenet_v2", IMAGE, "convnext_tiny", IMAGE, "vgg11", SMALLEST,
          "vgg16", SMALLEST);

  @TempDir Path folder;

  static List<String> names() {
    return ModelZoo.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aNetwork(String name) throws Exception {
    Shape image = OF_IMAGENET.get(name);
    Network network = image == null ? ModelZoo.create(name) : ModelZoo.model(name).network(image, 7);
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
