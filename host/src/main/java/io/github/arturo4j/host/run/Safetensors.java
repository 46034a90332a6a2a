// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.arturo4j.host.io.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Files in safetensors format, of F32 and I64 tensors: the length of the header as a little-endian 64-bit number, a JSON header
 * with each tensor's type, shape and place, and the values, little-endian.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALIGNMENT = 8;
  private static final long LONGEST_HEADER = 100_000_000;

  private Safetensors() {}

  /** A tensor of any type. */
  public sealed interface Entry {
    /** Size of each dimension; none of a single number. */
    int[] shape();

    /** Type, as a file names it. */
    String type();

    /** Bytes of the values. */
    int bytes();

    /** Writes the values, in row-major order. */
    void put(ByteBuffer out);

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
    public int bytes() {
      return Float.BYTES * data.length;
    }

    @Override
    public void put(ByteBuffer out) {
      out.asFloatBuffer().put(data);
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
    public int bytes() {
      return Long.BYTES * data.length;
    }

    @Override
    public void put(ByteBuffer out) {
      out.asLongBuffer().put(data);
    }
  }

  /** What a file holds. */
  record Content(SequencedMap<String, Entry> entries, Map<String, String> metadata) {
    /** The tensors of type F32. */
    SequencedMap<String, Tensor> tensors() {
      SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
      entries.forEach(
          (name, entry) -> {
            if (entry instanceof Tensor tensor) {
              tensors.put(name, tensor);
            }
          });
      return tensors;
    }
  }

  /** Writes a file, as a whole or not at all. */
  public static void write(
      Path file, SequencedMap<String, ? extends Entry> tensors, Map<String, String> metadata) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode node = header.putObject("__metadata__");
      new java.util.TreeMap<>(metadata).forEach(node::put);
    }
    long offset = 0;
    for (Map.Entry<String, ? extends Entry> entry : tensors.entrySet()) {
      long end = offset + entry.getValue().bytes();
      ObjectNode node = header.putObject(entry.getKey()).put("dtype", entry.getValue().type());
      ArrayNode shape = node.putArray("shape");
      for (int size : entry.getValue().shape()) {
        shape.add(size);
      }
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = JSON.writeValueAsBytes(header);
    int padded = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(8 + padded + offset)).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(padded).put(json).put(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII));
    for (Entry tensor : tensors.values()) {
      tensor.put(out);
      out.position(out.position() + tensor.bytes());
    }
    AtomicFile.write(file, out.array());
  }

  /**
   * Reads the F32 tensors of a file.
   *
   * @throws IllegalArgumentException if it is no such file; the message names it
   */
  public static SequencedMap<String, Tensor> read(Path file) {
    return readAll(file).tensors();
  }

  /** Reads a file, its metadata included; errors as {@link #read}. */
  static Content readAll(Path file) {
    ByteBuffer in;
    try {
      in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read '" + file + "': " + Reason.of(e), e);
    }
    long length = in.remaining() < 8 ? -1 : in.getLong();
    if (length < 2 || length > LONGEST_HEADER || length > in.remaining()) {
      throw fault(file, "it is truncated or no safetensors file");
    }
    byte[] json = new byte[(int) length];
    in.get(json);
    JsonNode header;
    try {
      header = JSON.readTree(json);
    } catch (JacksonException e) {
      throw fault(file, "its header is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw fault(file, e.getMessage());
    }
    ByteBuffer values = in.slice().order(ByteOrder.LITTLE_ENDIAN);
    SequencedMap<String, Entry> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header.path("__metadata__").properties()) {
      metadata.put(entry.getKey(), entry.getValue().asText());
    }
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals("__metadata__")) {
        tensors.put(entry.getKey(), tensor(file, entry.getKey(), entry.getValue(), values));
      }
    }
    return new Content(tensors, metadata);
  }

  private static Entry tensor(Path file, String name, JsonNode node, ByteBuffer values) {
    String type = node.path("dtype").asText();
    int width =
        switch (type) {
          case "F32" -> Float.BYTES;
          case "I64" -> Long.BYTES;
          default -> throw fault(file, "tensor " + name + " has type '" + type + "'; only F32 and I64 are read");
        };
    long begin = node.path("data_offsets").path(0).asLong(-1);
    long end = node.path("data_offsets").path(1).asLong(-1);
    if (begin < 0 || end < begin || (end - begin) % width != 0 || end > values.limit()) {
      throw fault(file, "tensor " + name + " lies at bytes " + begin + " to " + end + " of " + values.limit());
    }
    int[] shape = new int[node.path("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.path("shape").path(i).asInt(-1);
    }
    int length = (int) (end - begin) / width;
    ByteBuffer own = values.slice((int) begin, (int) (end - begin)).order(ByteOrder.LITTLE_ENDIAN);
    try {
      if (width == Long.BYTES) {
        long[] data = new long[length];
        own.asLongBuffer().get(data);
        return new Integers(shape, data);
      }
      float[] data = new float[length];
      own.asFloatBuffer().get(data);
      return new Tensor(shape, data);
    } catch (IllegalArgumentException e) {
      throw fault(file, "tensor " + name + ": " + e.getMessage());
    }
  }

  private static IllegalArgumentException fault(Path file, String what) {
    return new IllegalArgumentException("cannot read '" + file + "': " + what);
  }
}
