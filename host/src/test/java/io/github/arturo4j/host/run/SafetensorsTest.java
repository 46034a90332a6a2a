// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
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
    SafetensorsFile read = SafetensorsFile.read(file);
    assertThat(read.names()).containsExactly("a.weight", "a.bias");
    assertThat(read.metadata()).isEqualTo(Map.of("k", "v"));
    assertThat(read.shape("a.weight")).containsExactly(2, 3);
    assertThat(read.floats("a.weight").data()).isEqualTo(tensors.get("a.weight").data());
    assertThat(read.floats("a.bias").data()).isEqualTo(tensors.get("a.bias").data());
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
    assertThat(SafetensorsFile.read(file).floats("w").data()).containsExactly(1.5f, -2f);
  }

  /** Bit patterns from the formats' definitions, little-endian. */
  @Test
  void otherFloatsAreConverted() throws IOException {
    assertFloats("F16", "003c 00c0 ff7b 0100 0080", 1, -2, 65504, 0x1p-24f, -0f);
    assertFloats("F16", "007c 00fc", Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
    assertFloats("BF16", "803f 49c0 7f7f 0080 0100", 1, -3.140625f, 0x1.fep127f, -0f, 0x1p-133f);
    assertFloats("F64", "000000000000f03f 182d4454fb2109c0", 1, (float) -Math.PI);
    assertFloats("F32", "0000803f db0f49c0", 1, (float) -Math.PI);
  }

  private void assertFloats(String type, String bytes, float... expected) throws IOException {
    byte[] content = HexFormat.of().parseHex(bytes.replace(" ", ""));
    Path file = new HandMade().add("w", type, List.of(expected.length), content).write(folder.resolve(type));
    assertThat(SafetensorsFile.read(file).floats("w").data()).as(type).containsExactly(expected);
  }

  @Test
  void onlyTheTensorThatIsAskedForHasToBeOfAKnownType() throws IOException {
    Path file =
        new HandMade()
            .add("global_step", "I32", List.of(), 7)
            .add("w", "F32", List.of(1), 2)
            .add("mask", "F4", List.of(3), new byte[] {1, 2})
            .write(folder.resolve("mixed"));
    SafetensorsFile read = SafetensorsFile.read(file);
    assertThat(read.names()).containsExactly("global_step", "w", "mask");
    assertThat(read.floats("w").data()).containsExactly(2);
    assertThat(read.isFloats("w")).isTrue();
    assertThat(read.isFloats("mask")).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read.floats("global_step"))
        .withMessage(
            "cannot read '" + file + "': tensor global_step has type 'I32'; weights are read from F32, F64, F16 and"
                + " BF16: convert it, in PyTorch with .float()");
  }

  @Test
  void brokenFilesAreRefused() throws IOException {
    Path file = folder.resolve("broken");
    assertThatThrownBy(() -> SafetensorsFile.read(file)).hasMessageEndingWith("broken': there is no such file");
    Files.write(file, new byte[5]);
    assertThatThrownBy(() -> SafetensorsFile.read(file)).hasMessageContaining("truncated or no safetensors file");
    Files.write(file, file("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}".getBytes(), 1f));
    assertThatThrownBy(() -> SafetensorsFile.read(file)).hasMessageContaining("bytes 0 to 8 of 4");
    Files.write(file, file("{\"w\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]}}".getBytes(), 1f));
    assertThatThrownBy(() -> SafetensorsFile.read(file)).hasMessageContaining("bytes 0 to 8 of 4");
    Files.write(file, file("{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}".getBytes(), 1f, 2f));
    assertThatThrownBy(() -> floats(file)).hasMessageContaining("has 3 values, not 2");
    Files.write(file, file("{\"w\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[0,4]}}".getBytes(), 1f));
    assertThatThrownBy(() -> floats(file)).hasMessageContaining("tensor w of type F64 has 4 bytes");
    Files.write(file, file(("{\"w\":{\"dtype\":\"F32\",\"shape\":[2000000000,2000000000,2000000000],"
        + "\"data_offsets\":[0,4]}}").getBytes(), 1f));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> floats(file))
        .withMessageContaining("tensor w: long overflow");
    Files.write(file, file("{nonsense".getBytes()));
    assertThatThrownBy(() -> SafetensorsFile.read(file)).hasMessageContaining("no JSON: ");
    Files.write(file, file("[1, 2]".getBytes()));
    assertThatThrownBy(() -> SafetensorsFile.read(file)).hasMessageContaining("no JSON object");
  }

  private static float[] floats(Path file) {
    return SafetensorsFile.read(file).floats("w").data();
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
