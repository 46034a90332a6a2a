// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelZooTest {
  /** As torchvision.models has them, for 1,000 classes, and LeNet-5 as the books have it. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 11689512, conv1.weight, fc.bias, layer4.1.bn2.running_var", "resnet34, 21797672, conv1.weight, fc.bias,",
    "resnet50, 25557032, conv1.weight, fc.bias, layer3.5.bn3.running_mean", "vgg11, 132863336, features.0.weight, classifier.6.bias,",
    "mobilenet_v2, 3504872, features.1.conv.0.0.weight, classifier.1.bias, features.17.conv.3.running_var",
    "convnext_tiny, 28589128, features.1.0.layer_scale, classifier.2.bias,",
    "vgg16, 138357544, features.28.weight, classifier.6.bias,", "lenet5, 61706, 0.weight, 11.bias,",
  })
  void hasAsManyParametersAsThePublishedNetworkAndTheirNames(
      String name, int parameters, String one, String last, String buffer) {
    Network network = ModelZoo.create(name);
    assertThat(network.parameterCount()).isEqualTo(parameters);
    assertThat(network.parameters()).extracting(ParameterSpec::name).contains(one).endsWith(last);
    if (buffer != null) {
      assertThat(network.buffers()).extracting(ParameterSpec::name).contains(buffer);
    }
  }

  @Test
  void takesOtherInputsAndOutputs() {
    assertThat(ModelZoo.model("resnet50").network(new Shape(1, 64, 64), 3).outputs()).isEqualTo(3);
    assertThat(ModelZoo.model("vgg11").network(new Shape(3, 32, 32), 10).parameterCount())
        .isEqualTo(132863336 - 990 * 4097);
    assertThat(ModelZoo.model("mlp").network(new Shape(13), 3).outputs()).isEqualTo(3);
  }

  @Test
  void theTextOfANetworkIsThatOfItsLayers() {
    assertThat(ModelZoo.names()).allSatisfy(name -> assertThat(ModelZoo.text(name)).startsWith("# ").contains("\n- "));
  }
}
