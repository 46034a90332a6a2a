// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * Files in safetensors format, of F32 tensors: the length of the header as a little-endian 64-bit number, a JSON header
 * with each tensor's type, shape and place, and the values, little-endian.
 */
public final class Safetensors {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ALIGNMENT = 8;
  private static final long LONGEST_HEADER = 100_000_000;

  private Safetensors() {}

  /**
   * A tensor.
   *
   * @param shape size of each dimension
   * @param data values in row-major order
   */
  public record Tensor(int[] shape, float[] data) {
    /** Checks that the values fill the shape. */
    public Tensor {
      long size = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
      if (size != data.length) {
        throw new IllegalArgumentException(
            "a tensor of shape " + Arrays.toString(shape) + " has " + size + " values, not " + data.length);
      }
    }
  }

  /** What a file holds. */
  record Content(SequencedMap<String, Tensor> tensors, Map<String, String> metadata) {}

  /** Writes a file, as a whole or not at all. */
  public static void write(Path file, SequencedMap<String, Tensor> tensors, Map<String, String> metadata)
      throws IOException {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode node = header.putObject("__metadata__");
      new java.util.TreeMap<>(metadata).forEach(node::put);
    }
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      long end = offset + 4L * entry.getValue().data.length;
      ObjectNode node = header.putObject(entry.getKey()).put("dtype", "F32");
      ArrayNode shape = node.putArray("shape");
      for (int size : entry.getValue().shape) {
        shape.add(size);
      }
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = JSON.writeValueAsBytes(header);
    int padded = Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT;
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(8 + padded + offset)).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(padded).put(json).put(" ".repeat(padded - json.length).getBytes(StandardCharsets.US_ASCII));
    for (Tensor tensor : tensors.values()) {
      out.asFloatBuffer().put(tensor.data);
      out.position(out.position() + 4 * tensor.data.length);
    }
    AtomicFile.write(file, out.array());
  }

  /**
   * Reads the tensors of a file.
   *
   * @throws IllegalArgumentException if it is no such file; the message names it
   */
  public static SequencedMap<String, Tensor> read(Path file) {
    return readAll(file).tensors;
  }

  /** Reads a file, its metadata included; errors as {@link #read}. */
  static Content readAll(Path file) {
    ByteBuffer in;
    try {
      in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read '" + file + "': " + e.getMessage(), e);
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
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
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

  private static Tensor tensor(Path file, String name, JsonNode node, ByteBuffer values) {
    String type = node.path("dtype").asText();
    if (!type.equals("F32")) {
      throw fault(file, "tensor " + name + " has type '" + type + "'; only F32 is read");
    }
    long begin = node.path("data_offsets").path(0).asLong(-1);
    long end = node.path("data_offsets").path(1).asLong(-1);
    if (begin < 0 || end < begin || (end - begin) % 4 != 0 || end > values.limit()) {
      throw fault(file, "tensor " + name + " lies at bytes " + begin + " to " + end + " of " + values.limit());
    }
    int[] shape = new int[node.path("shape").size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.path("shape").path(i).asInt(-1);
    }
    float[] data = new float[(int) (end - begin) / 4];
    values.slice((int) begin, (int) (end - begin)).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(data);
    try {
      return new Tensor(shape, data);
    } catch (IllegalArgumentException e) {
      throw fault(file, "tensor " + name + ": " + e.getMessage());
    }
  }

  private static IllegalArgumentException fault(Path file, String what) {
    return new IllegalArgumentException("cannot read '" + file + "': " + what);
  }
}
