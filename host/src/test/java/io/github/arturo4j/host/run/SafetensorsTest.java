// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() throws IOException {
    SequencedMap<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    tensors.put("a.weight", new Safetensors.Tensor(new int[] {2, 3}, new float[] {1, 2, 3, 4, 5, Float.MIN_VALUE}));
    tensors.put("a.bias", new Safetensors.Tensor(new int[] {1}, new float[] {-0f}));
    Path file = folder.resolve("x.safetensors");
    Safetensors.write(file, tensors, Map.of("k", "v"));
    var read = Safetensors.read(file);
    assertThat(read.keySet()).containsExactly("a.weight", "a.bias");
    assertThat(read.get("a.weight").shape()).containsExactly(2, 3);
    assertThat(read.get("a.weight").data()).isEqualTo(tensors.get("a.weight").data());
    byte[] bytes = Files.readAllBytes(file);
    long header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertThat(header % 8).isZero();
    assertThat(bytes).hasSize((int) (8 + header + 28));
    assertThat(folder.toFile().list()).containsExactly("x.safetensors");
  }

  @Test
  void aFileWrittenByHandIsRead() throws IOException {
    byte[] header =
        "{\"__metadata__\":{\"format\":\"pt\"},\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}   "
            .getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("hand");
    Files.write(file, file(header, 1.5f, -2f));
    assertThat(Safetensors.read(file).get("w").data()).containsExactly(1.5f, -2f);
  }

  @Test
  void brokenFilesAreRefused() throws IOException {
    Path file = folder.resolve("broken");
    Files.write(file, new byte[5]);
    assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("truncated or no safetensors file");
    Files.write(file, file("{\"w\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}".getBytes(), 1f));
    assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("type 'F16'");
    Files.write(file, file("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}".getBytes(), 1f));
    assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("bytes 0 to 8 of 4");
    Files.write(file, file("{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}".getBytes(), 1f, 2f));
    assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("has 3 values, not 2");
    Files.write(file, file("{\"w\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,4]}}".getBytes(), 1f));
    assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("bytes 0 to 4 of 4");
    Files.write(file, file("{nonsense".getBytes()));
    assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("no JSON");
  }

  private static byte[] file(byte[] header, float... values) {
    ByteBuffer out = ByteBuffer.allocate(8 + header.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(header.length).put(header);
    for (float value : values) {
      out.putFloat(value);
    }
    return out.array();
  }
}
