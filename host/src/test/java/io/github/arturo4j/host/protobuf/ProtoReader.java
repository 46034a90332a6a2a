// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.protobuf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The fields of a message of protocol buffers: numbers are Longs, Floats and Doubles, all else are bytes. */
public record ProtoReader(List<Field> fields) {
  public record Field(int number, Object value) {}

  public static ProtoReader of(byte[] message) {
    return of(ByteBuffer.wrap(message));
  }

  private static ProtoReader of(ByteBuffer in) {
    ByteBuffer message = in.slice().order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = new ArrayList<>();
    while (message.hasRemaining()) {
      int key = (int) varint(message);
      fields.add(
          new Field(
              key >>> 3,
              switch (key & 7) {
                case 0 -> varint(message);
                case 1 -> message.getDouble();
                case 2 -> bytes(message, (int) varint(message));
                case 5 -> message.getFloat();
                default -> throw new AssertionError("wire type " + (key & 7));
              }));
    }
    return new ProtoReader(fields);
  }

  private static ByteBuffer bytes(ByteBuffer in, int length) {
    ByteBuffer bytes = in.slice(in.position(), length);
    in.position(in.position() + length);
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  private static long varint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }

  /** Those of the fields of that number, in their order. */
  public List<Object> values(int number) {
    return fields.stream().filter(field -> field.number == number).map(Field::value).toList();
  }

  public List<Long> numbers(int number) {
    return values(number).stream().map(Long.class::cast).toList();
  }

  public List<String> texts(int number) {
    return values(number).stream().map(value -> StandardCharsets.UTF_8.decode(((ByteBuffer) value).slice()).toString()).toList();
  }

  public List<ProtoReader> messages(int number) {
    return values(number).stream().map(value -> of((ByteBuffer) value)).toList();
  }

  public float[] floats(int number) {
    ByteBuffer bytes = (ByteBuffer) values(number).getFirst();
    float[] floats = new float[bytes.remaining() / Float.BYTES];
    bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(floats);
    return floats;
  }
}
