// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.models.Layer.BatchNorm;
import io.github.arturo4j.models.Layer.Convolution;
import io.github.arturo4j.models.Layer.Flatten;
import io.github.arturo4j.models.Layer.Linear;
import io.github.arturo4j.models.Layer.Named;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Shape;
import io.github.arturo4j.models.Weights;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final Network NETWORK =
      new Network(
          "small",
          new Shape(1, 2, 1),
          List.of(
              new Named("conv1", new Convolution(2, 1, 1, 0, false)), new Named("bn1", new BatchNorm()),
              new Flatten(), new Named("fc", new Linear(2))));

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadAndHasPyTorchsNames() throws IOException {
    Path path = folder.resolve("model.safetensors");
    Weights weights = new Weights(NETWORK.initialParameters(1), new float[] {1, 2, 3, 4});
    float[] precision = new float[NETWORK.parameterCount()];
    new ModelFile(path).write(NETWORK, weights, precision, 7, Map.of("format", "pt"));
    Weights read = new ModelFile(path).read(NETWORK);
    assertThat(read.parameters()).isEqualTo(weights.parameters());
    assertThat(read.buffers()).isEqualTo(weights.buffers());
    Safetensors.Content content = Safetensors.readAll(path);
    assertThat(content.entries().keySet())
        .contains(
            "conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var",
            "bn1.num_batches_tracked", "fc.weight", "fc.bias", "fc.bias.precision")
        .doesNotContain("bn1.running_mean.precision")
        .hasSize(8 + 5);
    Safetensors.Integers counter = (Safetensors.Integers) content.entries().get("bn1.num_batches_tracked");
    assertThat(counter.shape()).isEmpty();
    assertThat(counter.data()).containsExactly(7);
    assertThat(((Safetensors.Tensor) content.entries().get("conv1.weight")).shape()).containsExactly(2, 1, 1, 1);
  }

  /** Tensors in PyTorch's order, each as 1, 2, ... in its type; no precision. */
  private Path asPyTorch(String... leftOut) throws IOException {
    String[] tensors = {
      "bn1.bias F32 2", "bn1.num_batches_tracked I64", "bn1.running_mean F32 2", "bn1.running_var F32 2",
      "bn1.weight F32 2", "conv1.weight F32 2,1,1,1", "fc.bias F32 2", "fc.weight F32 2,4"
    };
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
    ByteBuffer values = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    for (String tensor : tensors) {
      String[] parts = tensor.split(" ");
      String shape = parts.length > 2 ? parts[2] : "";
      if (List.of(leftOut).contains(parts[0])) {
        continue;
      }
      int begin = values.position();
      int count = 1;
      for (String size : shape.isEmpty() ? new String[0] : shape.split(",")) {
        count *= Integer.parseInt(size);
      }
      for (int i = 1; i <= count; i++) {
        if (parts[1].equals("I64")) {
          values.putLong(i);
        } else {
          values.putFloat(i);
        }
      }
      header.append(
          ",\"%s\":{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%d,%d]}"
              .formatted(parts[0], parts[1], shape, begin, values.position()));
    }
    byte[] json = header.append("}").toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + json.length + values.position()).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json).put(values.flip());
    return Files.write(folder.resolve("pytorch.safetensors"), file.array());
  }

  @Test
  void aFileAsPyTorchWritesItIsRead() throws IOException {
    Weights weights = new ModelFile(asPyTorch()).read(NETWORK);
    assertThat(weights.parameters()).containsExactly(1, 2, 1, 2, 1, 2, 1, 2, 3, 4, 5, 6, 7, 8, 1, 2);
    assertThat(weights.buffers()).containsExactly(1, 2, 1, 2);
    assertThat(new ModelFile(asPyTorch("bn1.num_batches_tracked")).read(NETWORK).buffers()).hasSize(4);
  }

  @Test
  void aFileThatLacksATensorIsRefused() throws IOException {
    Path file = asPyTorch("bn1.running_var");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ModelFile(file).read(NETWORK))
        .withMessage("'" + file + "' has no F32 tensor bn1.running_var of shape [2]; it is not a small");
  }
}
