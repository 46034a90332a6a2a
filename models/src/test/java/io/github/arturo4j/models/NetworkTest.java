// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void fmnistCnnIsTheOneOfThePaper() {
    Network network = ModelZoo.create("fmnist_cnn");
    assertThat(network.parameterCount()).isEqualTo(390_410);
    assertThat(network.input()).isEqualTo(new Shape(1, 28, 28));
    assertThat(network.classes()).isEqualTo(10);
    assertThat(network.parameters())
        .extracting(ParameterSpec::toString)
        .containsExactly(
            "0.weight[32, 1, 3, 3]@0", "0.bias[32]@288",
            "4.weight[64, 32, 3, 3]@320", "4.bias[64]@18752",
            "8.weight[128, 64, 3, 3]@18816", "8.bias[128]@92544",
            "12.weight[256, 1152]@92672", "12.bias[256]@387584",
            "15.weight[10, 256]@387840", "15.bias[10]@390400");
  }

  @Test
  void everyNameOfTheZooHasANetwork() {
    assertThat(ModelZoo.names()).allSatisfy(name -> assertThat(ModelZoo.create(name).name()).isEqualTo(name));
    assertThat(ModelZoo.create("cifar100_cnn").classes()).isEqualTo(100);
    assertThat(ModelZoo.names()).allSatisfy(name -> assertThat(ModelZoo.create(name, 7).classes()).isEqualTo(7));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelZoo.create("cifar10_cnn", 1))
        .withMessage("cifar10_cnn for 1 classes; there must be 2 to 256");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModelZoo.create("vgg"))
        .withMessageContaining("vgg")
        .withMessageContaining("fmnist_cnn");
  }

  @Test
  void initialParametersAreUniformAndOfTheSeed() {
    Network network = ModelZoo.create("fmnist_cnn");
    float[] values = network.initialParameters(42);
    assertThat(values).isEqualTo(network.initialParameters(42)).isNotEqualTo(network.initialParameters(43));
    for (ParameterSpec spec : network.parameters()) {
      double bound = 1 / Math.sqrt(spec.fanIn());
      double squares = 0;
      for (int i = spec.offset(); i < spec.offset() + spec.size(); i++) {
        assertThat(Math.abs(values[i])).isLessThanOrEqualTo((float) bound);
        squares += values[i] * values[i];
      }
      if (spec.size() > 200) {
        assertThat(squares / spec.size()).as(spec.name()).isCloseTo(bound * bound / 3,
            within(bound * bound / 10));
      }
    }
    assertThat(network.parameters()).extracting(ParameterSpec::fanIn).containsExactly(9, 9, 288, 288, 576,
        576, 1152, 1152, 256, 256);
  }

  @Test
  void refusesLayersThatCannotStandWhereTheyDo() {
    Shape image = new Shape(1, 4, 4);
    refuse("flat", image, new Layer.Linear(3));
    refuse("first layer", image, new Layer.Relu());
    refuse("max-pooling", image, new Layer.Convolution(1, 3, 0), new Layer.MaxPool());
    refuse("dropout", image, new Layer.Flatten(), new Layer.Linear(3), new Layer.Dropout(.5));
    refuse("last layer", image, new Layer.Flatten(), new Layer.Linear(3), new Layer.Relu());
    refuse("empty", image, new Layer.Convolution(1, 5, 0));
  }

  private static void refuse(String hint, Shape input, Layer... layers) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Network("wrong", input, List.of(layers)))
        .withMessageContaining(hint);
  }

  @Test
  void imageSetsAreCheckedAndLimited() {
    ImageSet images = TestImages.bars(7, new Shape(1, 4, 4), 3, 1);
    assertThat(images.limit(9)).isSameAs(images);
    assertThat(images.limit(2).count()).isEqualTo(2);
    assertThat(images.limit(2).pixels()).hasSize(32);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(new byte[15], new byte[1], 1, 1, 4, 4, 3))
        .withMessageContaining("16 bytes");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSet(new byte[16], new byte[] {3}, 1, 1, 4, 4, 3))
        .withMessageContaining("label 3 of image 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> images.checkFits(ModelZoo.create("fmnist_cnn")))
        .withMessageContaining("1×28×28");
  }
}
