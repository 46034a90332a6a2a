// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file in safetensors format, put together from the format's definition and not by what is tested. */
public final class HandMade {
  private final StringBuilder header = new StringBuilder("{\"__metadata__\":{\"format\":\"pt\"}");
  private final ByteArrayOutputStream values = new ByteArrayOutputStream();

  /** Adds a tensor with those bytes. */
  public HandMade add(String name, String type, List<Integer> shape, byte... bytes) {
    int begin = values.size();
    values.writeBytes(bytes);
    header.append(
        ",\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
            .formatted(name, type, shape, begin, values.size()));
    return this;
  }

  /** Adds a tensor of numbers that its type, one of F64, F32, F16, BF16, I64 and I32, has without rounding. */
  public HandMade add(String name, String type, List<Integer> shape, double... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
    for (double number : numbers) {
      switch (type) {
        case "F64" -> bytes.putDouble(number);
        case "F32" -> bytes.putFloat((float) number);
        case "F16" -> bytes.putShort(Float.floatToFloat16((float) number));
        case "BF16" -> bytes.putShort((short) (Float.floatToIntBits((float) number) >>> 16));
        case "I64" -> bytes.putLong((long) number);
        case "I32" -> bytes.putInt((int) number);
        default -> throw new IllegalArgumentException(type);
      }
    }
    byte[] written = new byte[bytes.position()];
    bytes.flip().get(written);
    return add(name, type, shape, written);
  }

  /** Writes the file. */
  public Path write(Path file) throws IOException {
    byte[] json = (header + "}").getBytes(StandardCharsets.UTF_8);
    ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(length.array());
    out.writeBytes(json);
    out.writeBytes(values.toByteArray());
    return Files.write(file, out.toByteArray());
  }
}
