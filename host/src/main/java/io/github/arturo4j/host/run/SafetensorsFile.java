// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.host.run.Safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/** A file in safetensors format; a tensor is decoded when it is asked for, so that others may be of any type. */
public final class SafetensorsFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";
  private static final long LONGEST_HEADER = 100_000_000;
  private static final Set<String> FLOATS = Set.of("F32", "F64", "F16", "BF16");

  private final Path path;
  private final byte[] content;
  private final ByteBuffer values;
  private final SequencedMap<String, JsonNode> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsFile(Path path, byte[] content) {
    this.path = path;
    this.content = content;
    ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    JsonNode header = header(in);
    values = in.slice();
    for (Map.Entry<String, JsonNode> entry : header.path(METADATA).properties()) {
      metadata.put(entry.getKey(), entry.getValue().asText());
    }
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (!entry.getKey().equals(METADATA)) {
        tensors.put(entry.getKey(), entry.getValue());
        place(entry.getKey());
      }
    }
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it cannot be read, is no such file or not a whole one; one line that names it
   */
  public static SafetensorsFile read(Path path) {
    try {
      return new SafetensorsFile(path, Files.readAllBytes(path));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("cannot read '" + path + "': there is no such file", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read '" + path + "': " + e.getMessage(), e);
    }
  }

  private JsonNode header(ByteBuffer in) {
    long length = in.remaining() < Long.BYTES ? -1 : in.getLong();
    if (length < 2 || length > LONGEST_HEADER || length > in.remaining()) {
      throw fault("it is truncated or no safetensors file");
    }
    byte[] json = new byte[(int) length];
    in.get(json);
    try {
      JsonNode header = JSON.readTree(json);
      if (!header.isObject()) {
        throw fault("its header is no JSON object");
      }
      return header;
    } catch (JacksonException e) {
      throw fault("its header is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw fault(e.getMessage());
    }
  }

  /** Names of the tensors, of whatever type, in the file's order. */
  public SequencedSet<String> names() {
    return Collections.unmodifiableSequencedSet(tensors.sequencedKeySet());
  }

  /** What the file tells besides its tensors. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /** SHA-256 of the whole file, in hexadecimal. */
  public String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Type of a tensor, as the format names it: {@code F32}, {@code I64} and others. */
  public String type(String name) {
    return tensors.get(name).path("dtype").asText();
  }

  /** Whether {@link #floats} decodes a tensor. */
  public boolean isFloats(String name) {
    return FLOATS.contains(type(name));
  }

  /** Size of each dimension of a tensor; none of a single number. */
  public int[] shape(String name) {
    JsonNode node = tensors.get(name).path("shape");
    int[] shape = new int[node.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = node.path(i).asInt(-1);
    }
    return shape;
  }

  /**
   * A tensor of type F32, or of F64, F16 or BF16 and rounded to it.
   *
   * @throws IllegalArgumentException if it has another type, or a shape that its bytes do not fill; one line
   */
  public Tensor floats(String name) {
    String type = type(name);
    return switch (type) {
      case "F32" -> floats(name, Float.BYTES, ByteBuffer::getFloat);
      case "F64" -> floats(name, Double.BYTES, in -> (float) in.getDouble());
      case "F16" -> floats(name, Short.BYTES, in -> Float.float16ToFloat(in.getShort()));
      case "BF16" -> floats(name, Short.BYTES, in -> Float.intBitsToFloat(in.getShort() << Short.SIZE));
      default ->
          throw fault(
              "tensor " + name + " has type '" + type + "'; weights are read from F32, F64, F16 and BF16: convert it,"
                  + " in PyTorch with .float()");
    };
  }

  /** Decodes the next value of a buffer. */
  private interface Decoder {
    float next(ByteBuffer in);
  }

  private Tensor floats(String name, int width, Decoder decoder) {
    ByteBuffer in = bytes(name, width);
    float[] data = new float[in.remaining() / width];
    for (int i = 0; i < data.length; i++) {
      data[i] = decoder.next(in);
    }
    try {
      return new Tensor(shape(name), data);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw fault("tensor " + name + ": " + e.getMessage());
    }
  }

  /** The bytes of a tensor of values of that width. */
  private ByteBuffer bytes(String name, int width) {
    ByteBuffer bytes = place(name);
    if (bytes.remaining() % width != 0) {
      throw fault("tensor " + name + " of type " + type(name) + " has " + bytes.remaining() + " bytes");
    }
    return bytes;
  }

  private ByteBuffer place(String name) {
    JsonNode offsets = tensors.get(name).path("data_offsets");
    long begin = offsets.path(0).asLong(-1);
    long end = offsets.path(1).asLong(-1);
    if (begin < 0 || end < begin || end > values.limit()) {
      throw fault("tensor " + name + " lies at bytes " + begin + " to " + end + " of " + values.limit());
    }
    return values.slice((int) begin, (int) (end - begin)).order(ByteOrder.LITTLE_ENDIAN);
  }

  private IllegalArgumentException fault(String what) {
    return new IllegalArgumentException("cannot read '" + path + "': " + what);
  }
}
