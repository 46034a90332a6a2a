// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ProtoMessageTest {
  private static byte[] bytes(ProtoMessage message) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    message.writeTo(out);
    assertThat(message.size()).isEqualTo(out.size());
    return out.toByteArray();
  }

  private static String hex(ProtoMessage message) throws IOException {
    return HexFormat.of().formatHex(bytes(message));
  }

  /** The examples of the description of the encoding, and −2 of its table. */
  @Test
  void writesWhatTheDescriptionShows() throws IOException {
    assertThat(hex(new ProtoMessage().number(1, 150))).isEqualTo("089601");
    assertThat(hex(new ProtoMessage().text(2, "testing"))).isEqualTo("120774657374696e67");
    assertThat(hex(new ProtoMessage().message(3, new ProtoMessage().number(1, 150)))).isEqualTo("1a03089601");
    assertThat(hex(new ProtoMessage().number(1, -2))).isEqualTo("08feffffffffffffffff01");
    assertThat(hex(new ProtoMessage().number(16, 0).real(1, 1f))).isEqualTo("8001000d0000803f");
    assertThat(hex(new ProtoMessage().real(1, -2.0))).isEqualTo("0900000000000000c0");
    assertThat(hex(new ProtoMessage().bytes(9, 1, -1))).isEqualTo("4a100100000000000000ffffffffffffffff");
  }

  @Test
  void writesFloatsPieceByPieceFromWhereTheyAre() throws IOException {
    float[] values = new float[40_001];
    ProtoMessage message = new ProtoMessage().bytes(9, values, 2, 39_998);
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    float[] read = ProtoReader.of(bytes(new ProtoMessage().message(1, message))).messages(1).getFirst().floats(9);
    assertThat(read).hasSize(39_998).startsWith(2, 3).endsWith(39_998, 39_999).contains(16_385, 16_386, 32_769);
  }
}
