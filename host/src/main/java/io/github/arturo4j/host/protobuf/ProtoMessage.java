// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.protobuf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message of protocol buffers to be written: fields, each a number and a value, in the order in which they are added. Floats
 * stay in the caller's array until they are written.
 */
public final class ProtoMessage {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int CHUNK = 1 << 16;

  private final List<Part> parts = new ArrayList<>();

  /** Some bytes of the message. */
  private sealed interface Part {
    long size();

    void writeTo(OutputStream out) throws IOException;
  }

  private record Bytes(byte[] bytes) implements Part {
    @Override
    public long size() {
      return bytes.length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }

  /** Little-endian. */
  private record Floats(float[] values, int offset, int count) implements Part {
    @Override
    public long size() {
      return (long) count * Float.BYTES;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
      int max = CHUNK / Float.BYTES;
      for (int first = 0; first < count; first += max) {
        int length = Math.min(max, count - first);
        chunk.asFloatBuffer().put(values, offset + first, length);
        out.write(chunk.array(), 0, length * Float.BYTES);
      }
    }
  }

  private ProtoMessage add(int field, int wireType, byte[] value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, (long) field << 3 | wireType);
    if (wireType == DELIMITED) {
      varint(out, value.length);
    }
    out.writeBytes(value);
    parts.add(new Bytes(out.toByteArray()));
    return this;
  }

  /** Seven bits a byte, the lowest first; the eighth tells that there are more. */
  private static void varint(ByteArrayOutputStream out, long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.write((int) (left & 0x7f | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
  }

  /** A field of type int32, int64 or enum. */
  public ProtoMessage number(int field, long value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    varint(out, value);
    return add(field, VARINT, out.toByteArray());
  }

  /** A field of type float. */
  public ProtoMessage real(int field, float value) {
    return add(
        field, FIXED32, ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(value).array());
  }

  /** A field of type double. */
  public ProtoMessage real(int field, double value) {
    return add(
        field, FIXED64, ByteBuffer.allocate(Double.BYTES).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array());
  }

  /** A field of type string, or bytes. */
  public ProtoMessage text(int field, String value) {
    return add(field, DELIMITED, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A field of type bytes that are those of 64-bit numbers, little-endian. */
  public ProtoMessage bytes(int field, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return add(field, DELIMITED, bytes.array());
  }

  /** A field of type bytes that are those of floats, little-endian. */
  public ProtoMessage bytes(int field, float[] values, int offset, int count) {
    return delimited(field, List.of(new Floats(values, offset, count)));
  }

  /** A field that is a message, as it is now. */
  public ProtoMessage message(int field, ProtoMessage value) {
    return delimited(field, value.parts);
  }

  private ProtoMessage delimited(int field, List<? extends Part> value) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    varint(head, (long) field << 3 | DELIMITED);
    varint(head, size(value));
    parts.add(new Bytes(head.toByteArray()));
    parts.addAll(value);
    return this;
  }

  private static long size(List<? extends Part> parts) {
    return parts.stream().mapToLong(Part::size).sum();
  }

  /** Bytes of the message. */
  public long size() {
    return size(parts);
  }

  /** Writes the message. */
  public void writeTo(OutputStream out) throws IOException {
    for (Part part : parts) {
      part.writeTo(out);
    }
  }
}
