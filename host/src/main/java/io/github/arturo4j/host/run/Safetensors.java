// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.arturo4j.host.io.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes files in safetensors format, of F32 and I64 tensors: the length of the header as a little-endian 64-bit
 * number, a JSON header with each tensor's type, shape and place, and the values, little-endian. The header's metadata
 * has a checksum of all that. {@link SafetensorsFile} reads them.
 */
public final class Safetensors {
  /** Key of the metadata under which a file has its {@link ContentHash}. */
  static final String CHECKSUM = "arturo4j.sha256";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALIGNMENT = 8;
  private static final int CHUNK = 1 << 16;

  private Safetensors() {}

  /** A tensor of any type. */
  public sealed interface Entry {
    /** Size of each dimension; none of a single number. */
    int[] shape();

    /** Type, as a file names it. */
    String type();

    /** How many values there are. */
    int length();

    /** Bytes of a value. */
    int width();

    /** Puts values into a buffer, in row-major order, from one on until it is full. */
    void put(int first, ByteBuffer out);

    private static void check(int[] shape, int length) {
      long size = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
      if (size != length) {
        throw new IllegalArgumentException(
            "a tensor of shape " + Arrays.toString(shape) + " has " + size + " values, not " + length);
      }
    }
  }

  /**
   * A tensor of type F32.
   *
   * @param data values in row-major order
   */
  public record Tensor(int[] shape, float[] data) implements Entry {
    /** Checks that the values fill the shape. */
    public Tensor {
      Entry.check(shape, data.length);
    }

    @Override
    public String type() {
      return "F32";
    }

    @Override
    public int length() {
      return data.length;
    }

    @Override
    public int width() {
      return Float.BYTES;
    }

    @Override
    public void put(int first, ByteBuffer out) {
      out.asFloatBuffer().put(data, first, out.remaining() / Float.BYTES);
    }
  }

  /**
   * A tensor of type I64.
   *
   * @param data values in row-major order
   */
  public record Integers(int[] shape, long[] data) implements Entry {
    /** Checks that the values fill the shape. */
    public Integers {
      Entry.check(shape, data.length);
    }

    @Override
    public String type() {
      return "I64";
    }

    @Override
    public int length() {
      return data.length;
    }

    @Override
    public int width() {
      return Long.BYTES;
    }

    @Override
    public void put(int first, ByteBuffer out) {
      out.asLongBuffer().put(data, first, out.remaining() / Long.BYTES);
    }
  }

  /** Writes a file, as a whole or not at all. */
  public static void write(
      Path file, SequencedMap<String, ? extends Entry> tensors, Map<String, String> metadata) throws IOException {
    SortedMap<String, String> told = new TreeMap<>(metadata);
    told.put(CHECKSUM, contentHash(told, tensors));
    ObjectNode header = JSON.createObjectNode();
    told.forEach(header.putObject("__metadata__")::put);
    long offset = 0;
    for (Map.Entry<String, ? extends Entry> entry : tensors.entrySet()) {
      long end = offset + (long) entry.getValue().length() * entry.getValue().width();
      ObjectNode node = header.putObject(entry.getKey()).put("dtype", entry.getValue().type());
      ArrayNode shape = node.putArray("shape");
      for (int size : entry.getValue().shape()) {
        shape.add(size);
      }
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = JSON.writeValueAsBytes(header);
    String padding = " ".repeat(Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT - json.length);
    AtomicFile.write(
        file,
        out -> {
          ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
          out.write(length.putLong(json.length + padding.length()).array());
          out.write(json);
          out.write(padding.getBytes(StandardCharsets.US_ASCII));
          for (Entry tensor : tensors.values()) {
            forEachChunk(tensor, ByteOrder.LITTLE_ENDIAN, chunk -> out.write(chunk.array(), 0, chunk.limit()));
          }
        });
  }

  private static String contentHash(
      SortedMap<String, String> metadata, SequencedMap<String, ? extends Entry> tensors) throws IOException {
    ContentHash hash = new ContentHash(metadata);
    for (Map.Entry<String, ? extends Entry> entry : tensors.entrySet()) {
      hash.tensor(entry.getKey(), entry.getValue().shape());
      forEachChunk(entry.getValue(), ByteOrder.BIG_ENDIAN, hash::add);
    }
    return hash.value();
  }

  /** Takes some bytes of a tensor. */
  private interface Sink {
    void take(ByteBuffer chunk) throws IOException;
  }

  private static void forEachChunk(Entry tensor, ByteOrder order, Sink sink) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(order);
    int max = CHUNK / tensor.width();
    for (int first = 0, count; first < tensor.length(); first += count) {
      count = Math.min(max, tensor.length() - first);
      chunk.clear().limit(count * tensor.width());
      tensor.put(first, chunk);
      sink.take(chunk);
    }
  }
}
