// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.layer.BatchNorm2d;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.Named;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  static final Network NETWORK =
      new Network(
          "small",
          new Shape(1, 2, 1),
          List.of(
              new Named("conv1", new Conv2d(2, 1, 1, 0, false)), new Named("bn1", new BatchNorm2d()),
              new Flatten(), new Named("fc", new Linear(2))));

  @TempDir Path folder;

  @Test
  void theWeightsAreExactlyThoseOfAStateDict() throws IOException {
    Path path = folder.resolve("model.safetensors");
    Weights weights = new Weights(NETWORK.initialParameters(1), new float[] {1, 2, 3, 4});
    ModelFile.writeWeights(path, NETWORK, weights, 7, Map.of("format", "pt"));
    Weights read = WeightFile.open(path).weights(NETWORK);
    assertThat(read.parameters()).isEqualTo(weights.parameters());
    assertThat(read.buffers()).isEqualTo(weights.buffers());
    SafetensorsFile content = SafetensorsFile.read(path);
    assertThat(content.metadata()).isEqualTo(Map.of("format", "pt"));
    assertThat(content.names())
        .containsExactlyInAnyOrder(
            "conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "bn1.num_batches_tracked",
            "fc.weight", "fc.bias");
    assertThat(content.shape("conv1.weight")).containsExactly(2, 1, 1, 1);
    assertThat(content.type("bn1.num_batches_tracked")).isEqualTo("I64");
    assertThat(content.shape("bn1.num_batches_tracked")).isEmpty();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(bytes.getLong(8 + (int) bytes.getLong(0))).as("the first tensor, the counter").isEqualTo(7);
  }

  @Test
  void aPrecisionHasItsParametersNameAndShape() throws IOException {
    Path path = folder.resolve("precision.safetensors");
    float[] precision = new float[NETWORK.parameterCount()];
    for (int i = 0; i < precision.length; i++) {
      precision[i] = i;
    }
    ModelFile.writePrecision(path, NETWORK, precision, Map.of("epoch", "3"));
    SafetensorsFile content = SafetensorsFile.read(path);
    assertThat(content.metadata()).isEqualTo(Map.of("epoch", "3", "content", "precision"));
    assertThat(content.names()).containsExactly("conv1.weight", "bn1.weight", "bn1.bias", "fc.weight", "fc.bias");
    for (ParameterSpec spec : NETWORK.parameters()) {
      assertThat(content.shape(spec.name())).isEqualTo(spec.shape());
      assertThat(content.floats(spec.name()).data())
          .isEqualTo(Arrays.copyOfRange(precision, spec.offset(), spec.offset() + spec.size()));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WeightFile.open(path))
        .withMessage("'" + path + "' holds precisions; the weights of its run are in model.safetensors");
  }

  @Test
  void aResNetHasTorchvisionsKeys() throws IOException {
    Network network = ModelZoo.create("fmnist_resnet18");
    Path path = folder.resolve("model.safetensors");
    ModelFile.writeWeights(path, network, network.initialWeights(1), 1, Map.of());
    List<String> expected = new ArrayList<>(List.of("conv1.weight", "fc.weight", "fc.bias"));
    List<String> norms = new ArrayList<>(List.of("bn1"));
    for (int group = 1; group <= 4; group++) {
      for (int block = 0; block < 2; block++) {
        String at = "layer" + group + "." + block + ".";
        expected.addAll(List.of(at + "conv1.weight", at + "conv2.weight"));
        norms.addAll(List.of(at + "bn1", at + "bn2"));
      }
      if (group > 1) {
        expected.add("layer" + group + ".0.downsample.0.weight");
        norms.add("layer" + group + ".0.downsample.1");
      }
    }
    for (String norm : norms) {
      for (String tensor : List.of("weight", "bias", "running_mean", "running_var", "num_batches_tracked")) {
        expected.add(norm + "." + tensor);
      }
    }
    assertThat(SafetensorsFile.read(path).names()).containsExactlyInAnyOrderElementsOf(expected).hasSize(122);
  }
}
