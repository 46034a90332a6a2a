// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
            .add("mask", "F4", List.of(4), new byte[] {1, 2})
            .add("later", "F2", List.of(4), new byte[] {1})
            .write(folder.resolve("mixed"));
    SafetensorsFile read = SafetensorsFile.read(file);
    assertThat(read.names()).containsExactly("global_step", "w", "mask", "later");
    assertThat(read.floats("w").data()).containsExactly(2);
    assertThat(read.isFloats("w")).isTrue();
    assertThat(read.isFloats("mask")).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read.floats("global_step"))
        .withMessage(
            "cannot read '" + file + "': tensor global_step has type 'I32'; weights are read from F32, F64, F16 and"
                + " BF16: convert it, in PyTorch with .float()");
  }

  /**
   * A header, the number of bytes of values behind it, and what is said of the file; nothing if it is a good one.
   *
   * @param header W stands for a good tensor of bytes 0 to 8
   */
  record Header(String header, int values, String fault) {
    @Override
    public String toString() {
      return header.length() > 200 ? header.substring(0, 200) : header;
    }

    byte[] json() {
      return header.replace("W", "\"w\":" + tensor("F32", "2", 0, 8)).getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private static String tensor(String type, String shape, Object begin, Object end) {
    return "{\"dtype\":\"%s\",\"shape\":[%s],\"data_offsets\":[%s,%s]}".formatted(type, shape, begin, end);
  }

  private static Header good(String header, int values) {
    return new Header(header, values, "");
  }

  private static Header bad(String header, int values, String fault) {
    return new Header(header, values, fault);
  }

  static Stream<Header> headers() {
    return Stream.of(json(), tensors(), metadata(), places()).flatMap(headers -> headers);
  }

  private static Stream<Header> json() {
    return Stream.of(
        good("{}", 0),
        good("{W} \n\t\r ", 8),
        bad("{nonsense", 0, "its header is no JSON (at character "),
        bad("{W", 8, "its header is no JSON (at character "),
        bad("{W,}", 8, "its header is no JSON (at character "),
        bad("{W}}", 8, "its header is no JSON (at character "),
        bad("{W} 1", 8, "its header goes on behind the JSON object"),
        bad("{W}{}", 8, "its header goes on behind the JSON object"),
        bad("{W}\0", 8, "its header is no JSON (at character "),
        bad(" {W}", 8, "its header is no JSON object"),
        bad("[1, 2]", 0, "its header is no JSON object"),
        bad("\u00ef\u00bb\u00bf{W}", 8, "its header is no JSON object"),
        bad("{\0}\0", 0, "its header is no JSON (at character "),
        bad("{\"\u00ff\":" + tensor("F32", "2", 0, 8) + "}", 8, "its header is no text in UTF-8"),
        good("{\"\u00c3\u00bc\":" + tensor("F32", "2", 0, 8) + "}", 8),
        bad("{" + "\"a\":{".repeat(50_000), 0, "its header has a value that is nested too deep"),
        bad("{\"w\":{\"x\":" + "[".repeat(50_000), 0, "its header has a value that is nested too deep"),
        bad("{\"w\":" + tensor("F32", "9".repeat(2_000_000), 0, 8) + "}", 8,
            "its header has a value that is nested too deep, or a name or number that is too long"));
  }

  private static Stream<Header> tensors() {
    return Stream.of(
        bad("{W,W}", 8, "key 'w' is there twice"),
        bad("{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F64\"}}", 8, "key 'dtype' of tensor w is there twice"),
        bad("{\"w\":1}", 0, "tensor w is no object"),
        bad("{\"a\\nb\":[]}", 0, "tensor a\\nb is no object"),
        bad("{\"w\":{\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "there is no dtype of tensor w"),
        bad("{\"w\":{\"dtype\":32,\"shape\":[2],\"data_offsets\":[0,8]}}", 8, "there is no dtype of tensor w"),
        bad("{\"w\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}", 8, "there is no shape of tensor w"),
        bad("{\"w\":{\"dtype\":\"F32\",\"shape\":2,\"data_offsets\":[0,8]}}", 8, "shape of tensor w is no list"),
        bad("{\"w\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, "data_offsets of tensor w is not where it begins"),
        bad("{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,8]}}", 8,
            "data_offsets of tensor w is not where it begins and where it ends: [0, 8, 8]"),
        good("{\"w\":{\"dtype\":\"F32\",\"note\":{\"a\":[1]},\"shape\":[2],\"data_offsets\":[0,8]}}", 8),
        bad("{\"w\":" + tensor("F32", "2", 0.5, 8) + "}", 8, "data_offsets of tensor w has 0.5; it must be whole"),
        bad("{\"w\":" + tensor("F32", "2", 0, 8.0) + "}", 8, "data_offsets of tensor w has 8.0; it must be whole"),
        bad("{\"w\":" + tensor("F32", "2", 0, "8e0") + "}", 8, "data_offsets of tensor w has 8e0; it must be whole"),
        bad("{\"w\":" + tensor("F32", "2", -8, 0) + "}", 8, "data_offsets of tensor w has -8; it must be whole"),
        bad("{\"w\":" + tensor("F32", "2", 8, 0) + "}", 8, "is not where it begins and where it ends: [8, 0]"),
        bad("{\"w\":" + tensor("F32", "2", 0, "\"8\"") + "}", 8, "data_offsets of tensor w has 8; it must be whole"),
        bad("{\"w\":" + tensor("F32", "2", 0, "18446744073709551624") + "}", 8, "has 18446744073709551624; it must be"),
        bad("{\"w\":" + tensor("F32", "2", 0, Long.MAX_VALUE) + "}", 8, "takes 8 bytes, but has 9223372036854775807"),
        bad("{\"w\":" + tensor("F32", "-2", 0, 8) + "}", 8, "shape of tensor w has -2; it must be whole"),
        bad("{\"w\":" + tensor("F32", "2.0", 0, 8) + "}", 8, "shape of tensor w has 2.0; it must be whole"),
        bad("{\"w\":" + tensor("F32", "[2]", 0, 8) + "}", 8, "shape of tensor w has [; it must be whole"));
  }

  private static Stream<Header> metadata() {
    return Stream.of(
        good("{\"__metadata__\":{},W}", 8),
        good("{W,\"__metadata__\":{\"a\":\"b\"}}", 8),
        bad("{\"__metadata__\":null,W}", 8, "its __metadata__ is no object"),
        bad("{\"__metadata__\":{\"a\":1},W}", 8, "its __metadata__ has 'a', which is no text"),
        bad("{\"__metadata__\":{\"a\":{}},W}", 8, "its __metadata__ has 'a', which is no text"),
        bad("{\"__metadata__\":{\"a\":\"\",\"a\":\"\"},W}", 8, "key 'a' of __metadata__ is there twice"),
        bad("{\"__metadata__\":{},\"__metadata__\":{},W}", 8, "key '__metadata__' is there twice"));
  }

  private static Stream<Header> places() {
    String v = ",\"v\":";
    return Stream.of(
        bad("{W}", 4, "it is truncated: it has 4 bytes of values, and its header tells of 8"),
        bad("{W}", 9, "it goes on for 1 bytes behind its last tensor"),
        bad("{}", 1, "it goes on for 1 bytes behind its last tensor"),
        good("{\"v\":" + tensor("F32", "1", 8, 12) + ",W}", 12), // whatever the order
        bad("{W" + v + tensor("F32", "1", 12, 16) + "}", 16, "bytes 8 to 12 of its values belong to no tensor"),
        bad("{\"w\":" + tensor("F32", "1", 4, 8) + "}", 8, "bytes 0 to 4 of its values belong to no tensor"),
        bad("{W" + v + tensor("F32", "1", 4, 8) + "}", 8, "tensors w and v overlap, at byte 4"),
        bad("{W" + v + tensor("F32", "2", 0, 8) + "}", 8, " overlap, at byte 0"),
        good("{W" + v + tensor("F32", "0,7", 0, 0) + "}", 8), // nothing, at either end
        good("{W" + v + tensor("I8", "0", 8, 8) + "}", 8),
        good("{W" + v + tensor("F64", "", 8, 16) + "}", 16), // a single number
        bad("{W" + v + tensor("F64", "", 8, 12) + "}", 12,
            "tensor v of type F64 and shape [] takes 8 bytes, but has 4"),
        bad("{\"w\":" + tensor("F32", "3", 0, 8) + "}", 8, "type F32 and shape [3] takes 12 bytes, but has 8 bytes"),
        bad("{\"w\":" + tensor("I32", "2", 0, 4) + "}", 4, "type I32 and shape [2] takes 8 bytes, but has 4 bytes"),
        good("{W" + v + tensor("F4", "2,1", 8, 9) + "}", 9),
        bad("{W" + v + tensor("F4", "3", 8, 10) + "}", 10,
            "tensor v of type F4 and shape [3] takes 12 bits, but has 2"),
        good("{W" + v + tensor("of 2050", "3", 8, 10) + "}", 10),
        bad("{W" + v + tensor("of 2050", "3", 8, 10) + "}", 11, "it goes on for 1 bytes behind its last tensor"),
        bad("{\"w\":" + tensor("F32", "4294967296,4294967296", 0, 8) + "}", 8, "has more values than can be"),
        bad("{\"w\":" + tensor("F32", "4611686018427387904", 0, 8) + "}", 8, "has more values than can be"));
  }

  @ParameterizedTest
  @MethodSource("headers")
  void isReadAsTheFormatSaysOrRefusedAsAWhole(Header header) throws IOException {
    byte[] json = header.json();
    ByteBuffer content = ByteBuffer.allocate(8 + json.length + header.values).order(ByteOrder.LITTLE_ENDIAN);
    Path file = Files.write(folder.resolve("file"), content.putLong(json.length).put(json).array());
    if (header.fault.isEmpty()) {
      try (SafetensorsFile read = SafetensorsFile.read(file)) {
        assertThat(read.names()).allSatisfy(name -> assertThat(read.shape(name)).isNotNull());
      }
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SafetensorsFile.read(file))
          .withMessageStartingWith("cannot read '" + file + "': ")
          .withMessageContaining(header.fault)
          .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1))
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("`", "Exception").hasSizeLessThan(400));
    }
  }

  @Test
  void lengthsThatAFileCannotHaveAreRefused() throws IOException {
    Path file = folder.resolve("broken");
    assertThatThrownBy(() -> SafetensorsFile.read(file)).hasMessageEndingWith("broken': there is no such file");
    for (long length : new long[] {-1, 0, 1, 9, Long.MIN_VALUE, 100_000_001, Long.MAX_VALUE}) {
      ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put((byte) '{');
      Files.write(file, bytes.array());
      assertThatThrownBy(() -> SafetensorsFile.read(file)).hasMessageEndingWith("truncated or no safetensors file");
    }
    Files.write(file, new byte[5]);
    assertThatThrownBy(() -> SafetensorsFile.read(file)).hasMessageEndingWith("truncated or no safetensors file");
    Files.write(file, new byte[0]);
    assertThatThrownBy(() -> SafetensorsFile.read(file)).hasMessageEndingWith("broken': it is empty");
  }

  @Test
  void whatWasAlteredAfterItWasWrittenIsRefused() throws IOException {
    SequencedMap<String, Safetensors.Entry> tensors = new LinkedHashMap<>();
    tensors.put("n", new Safetensors.Integers(new int[] {}, new long[] {1L << 40}));
    tensors.put("a", new Safetensors.Tensor(new int[] {20_000}, new float[20_000])); // more than a chunk
    tensors.put("b", new Safetensors.Tensor(new int[] {2}, new float[] {1, 2}));
    Path file = folder.resolve("x.safetensors");
    Safetensors.write(file, tensors, Map.of("epoch", "3"));
    byte[] whole = Files.readAllBytes(file);
    String text = new String(whole, StandardCharsets.ISO_8859_1);
    int values = whole.length - 8 - 80_000 - 8;
    int epoch = text.indexOf("\"3\"") + 1;
    int name = text.indexOf("\"b\"") + 1;
    for (int at : new int[] {epoch, name, values, values + 7, values + 8 + 79_999, whole.length - 1}) {
      byte[] altered = whole.clone();
      altered[at] ^= 4;
      Files.write(file, altered);
      assertThatThrownBy(() -> SafetensorsFile.read(file))
          .as("byte %d", at)
          .hasMessage("cannot read '" + file + "': its content does not have the checksum it was written with");
    }
    Files.write(file, whole);
    assertThat(SafetensorsFile.read(file).metadata()).isEqualTo(Map.of("epoch", "3"));
  }

  @Test
  void whatIsOpenIsOneFileWhateverTakesItsName() throws IOException {
    Path file = folder.resolve("x.safetensors");
    for (int epoch = 1; epoch <= 2; epoch++) {
      SequencedMap<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
      tensors.put("a", new Safetensors.Tensor(new int[] {epoch}, new float[epoch]));
      tensors.put("b", new Safetensors.Tensor(new int[] {1}, new float[] {epoch}));
      Path written = epoch == 1 ? file : folder.resolve("next");
      Safetensors.write(written, tensors, Map.of("epoch", "" + epoch));
    }
    try (SafetensorsFile open = SafetensorsFile.read(file)) {
      String sha256 = open.sha256();
      assertThat(open.floats("a").data()).hasSize(1);
      Files.move(folder.resolve("next"), file, StandardCopyOption.ATOMIC_MOVE);
      assertThat(open.floats("b").data()).containsExactly(1);
      assertThat(open.sha256()).isEqualTo(sha256);
    }
    try (SafetensorsFile open = SafetensorsFile.read(file)) {
      assertThat(open.floats("b").data()).containsExactly(2);
    }
  }

  @Test
  void noPipeIsWaitedFor() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> SafetensorsFile.read(pipe))
        .hasMessage("cannot read '" + pipe + "': it is a pipe or a device, no file");
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
