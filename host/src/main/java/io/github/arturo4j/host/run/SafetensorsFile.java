// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.arturo4j.host.io.Hash;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.run.Safetensors.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
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
  private static final int CHUNK = 1 << 16;

  private final Path path;
  private final long begin;
  private final long bytes;
  private final SequencedMap<String, JsonNode> tensors = new LinkedHashMap<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  private SafetensorsFile(Path path, FileChannel in) throws IOException {
    this.path = path;
    JsonNode header = header(in);
    begin = in.position();
    bytes = in.size() - begin;
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
    try (FileChannel in = FileChannel.open(path)) {
      return new SafetensorsFile(path, in);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read '" + path + "': " + Reason.of(e), e);
    }
  }

  private JsonNode header(FileChannel in) throws IOException {
    long length = in.size() < Long.BYTES ? -1 : next(in, Long.BYTES).getLong();
    if (length < 2 || length > LONGEST_HEADER || length > in.size() - in.position()) {
      throw fault("it is truncated or no safetensors file");
    }
    try {
      JsonNode header = JSON.readTree(next(in, (int) length).array());
      if (!header.isObject()) {
        throw fault("its header is no JSON object");
      }
      return header;
    } catch (JacksonException e) {
      throw fault("its header is no JSON: " + e.getOriginalMessage());
    }
  }

  /** The next so many bytes. */
  private ByteBuffer next(FileChannel in, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (in.read(buffer) < 0) {
        throw fault("it is truncated");
      }
    }
    return buffer.flip();
  }

  /** Names of the tensors, of whatever type, in the file's order. */
  public SequencedSet<String> names() {
    return Collections.unmodifiableSequencedSet(tensors.sequencedKeySet());
  }

  /** What the file tells besides its tensors. */
  public Map<String, String> metadata() {
    return Collections.unmodifiableMap(metadata);
  }

  /**
   * SHA-256 of the whole file, in hexadecimal.
   *
   * @throws IllegalArgumentException if it cannot be read; one line
   */
  public String sha256() {
    try (InputStream in = Files.newInputStream(path)) {
      return Hash.of("SHA-256", in);
    } catch (IOException e) {
      throw fault(Reason.of(e));
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
    Place place = place(name);
    if (place.length % width != 0 || place.length / width > Integer.MAX_VALUE - 8) {
      throw fault("tensor " + name + " of type " + type(name) + " has " + place.length + " bytes");
    }
    float[] data = new float[(int) (place.length / width)];
    try (FileChannel in = FileChannel.open(path)) {
      in.position(begin + place.offset);
      for (int i = 0; i < data.length; ) {
        int count = Math.min(data.length - i, CHUNK / width);
        ByteBuffer values = next(in, count * width);
        for (int end = i + count; i < end; i++) {
          data[i] = decoder.next(values);
        }
      }
      return new Tensor(shape(name), data);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw fault("tensor " + name + ": " + e.getMessage());
    } catch (IOException e) {
      throw fault(Reason.of(e));
    }
  }

  /** Where a tensor's bytes are among the values. */
  private record Place(long offset, long length) {}

  private Place place(String name) {
    JsonNode offsets = tensors.get(name).path("data_offsets");
    long first = offsets.path(0).asLong(-1);
    long end = offsets.path(1).asLong(-1);
    if (first < 0 || end < first || end > bytes) {
      throw fault("tensor " + name + " lies at bytes " + first + " to " + end + " of " + bytes);
    }
    return new Place(first, end - first);
  }

  private IllegalArgumentException fault(String what) {
    return new IllegalArgumentException("cannot read '" + path + "': " + what);
  }
}
