// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.io.FileKind;
import io.github.arturo4j.host.io.Hash;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.RegularFile;
import io.github.arturo4j.host.run.Safetensors.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file in safetensors format, open: all that is read of it is of one file, also while another takes its name. The
 * header is checked as a whole at once, a tensor is decoded when it is asked for, so that others may be of any type.
 */
public final class SafetensorsFile implements AutoCloseable {
  private static final long LONGEST_HEADER = 100_000_000;
  private static final Set<String> FLOATS = Set.of("F32", "F64", "F16", "BF16");
  private static final int CHUNK = 1 << 16;

  private final Path path;
  private final FileChannel in;
  private final long begin;
  private final SafetensorsHeader header;

  private SafetensorsFile(Path path, FileChannel in) throws IOException {
    this.path = path;
    this.in = in;
    header = header();
    begin = in.position();
  }

  /**
   * Opens a file, and checks it: its header, and the checksum of its content if {@link Safetensors} wrote it.
   *
   * @throws InputException if it cannot be read, is no such file, not a whole one or altered; one line that
   *     names it
   */
  public static SafetensorsFile read(Path path) {
    try {
      RegularFile.check(path);
      FileChannel in = FileChannel.open(path);
      try {
        SafetensorsFile file = new SafetensorsFile(path, in);
        file.checkContent();
        return file;
      } catch (IOException | RuntimeException e) {
        in.close();
        throw e;
      }
    } catch (IOException e) {
      throw fault(path, Reason.of(e), e);
    }
  }

  private SafetensorsHeader header() throws IOException {
    long length = in.size() < Long.BYTES ? -1 : next(Long.BYTES).getLong();
    if (length < 2 || length > LONGEST_HEADER || length > in.size() - in.position()) {
      String kind = FileKind.of(path).map(FileKind::words).orElse("truncated or no safetensors file");
      throw fault("it is " + (in.size() == 0 ? "empty" : kind));
    }
    try {
      byte[] json = next((int) length).array();
      return SafetensorsHeader.read(json, in.size() - in.position());
    } catch (OutOfMemoryError e) { // not handed on as a cause, or a smaller batch would be recommended
      throw fault("its header of %,d bytes takes more memory than Java may have".formatted(length));
    } catch (SafetensorsHeader.Malformed e) {
      throw fault(path, e.getMessage(), e);
    }
  }

  private void checkContent() {
    String written = header.metadata().get(Safetensors.CHECKSUM);
    if (written != null && !written.equals(contentHash(Safetensors.CHECKSUM))) {
      throw fault("its content does not have the checksum it was written with");
    }
  }

  /** The {@link ContentHash}, in which the checksum under that key of the metadata has no part. */
  String contentHash(String checksum) {
    SortedMap<String, String> metadata = new TreeMap<>(header.metadata());
    metadata.remove(checksum);
    ContentHash hash = new ContentHash(metadata);
    for (String name : names()) {
      int width = type(name).equals("I64") ? Long.BYTES : Float.BYTES; // what Safetensors writes
      hash.tensor(name, shape(name));
      read(
          name, width,
          little -> {
            ByteBuffer big = ByteBuffer.allocate(little.remaining());
            if (width == Long.BYTES) {
              big.asLongBuffer().put(little.asLongBuffer());
            } else {
              big.asIntBuffer().put(little.asIntBuffer());
            }
            hash.add(big);
          });
    }
    return hash.value();
  }

  /** Names of the tensors, of whatever type, in the file's order. */
  public SequencedSet<String> names() {
    return Collections.unmodifiableSequencedSet(header.tensors().sequencedKeySet());
  }

  /** What the file tells besides its tensors and the checksum. */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>(header.metadata());
    metadata.remove(Safetensors.CHECKSUM);
    return metadata;
  }

  /** Whether it has the checksum that {@link Safetensors} writes, and so the content it was written with. */
  boolean isChecked() {
    return header.metadata().containsKey(Safetensors.CHECKSUM);
  }

  /**
   * SHA-256 of the whole file, in hexadecimal.
   *
   * @throws InputException if it cannot be read; one line
   */
  public String sha256() {
    try {
      in.position(0);
      return Hash.of("SHA-256", Channels.newInputStream(in));
    } catch (IOException e) {
      throw fault(path, Reason.of(e), e);
    }
  }

  /** Type of a tensor, as the format names it: {@code F32}, {@code I64} and others. */
  public String type(String name) {
    return header.tensors().get(name).type();
  }

  /** Whether {@link #floats} decodes a tensor. */
  public boolean isFloats(String name) {
    return FLOATS.contains(type(name));
  }

  /** Size of each dimension of a tensor; none of a single number. */
  public int[] shape(String name) {
    try {
      return header.tensors().get(name).shape().stream().mapToInt(Math::toIntExact).toArray();
    } catch (ArithmeticException e) {
      throw fault("tensor " + Printable.value(name) + " has a dimension that is too great");
    }
  }

  /**
   * A tensor of type F32, or of F64, F16 or BF16 and rounded to it.
   *
   * @throws InputException if it has another type, or is too great for an array; one line
   */
  public Tensor floats(String name) {
    String type = type(name);
    return switch (type) {
      case "F32" -> floats(name, Float.BYTES, ByteBuffer::getFloat);
      case "F64" -> floats(name, Double.BYTES, values -> (float) values.getDouble());
      case "F16" -> floats(name, Short.BYTES, values -> Float.float16ToFloat(values.getShort()));
      case "BF16" -> floats(name, Short.BYTES, values -> Float.intBitsToFloat(values.getShort() << Short.SIZE));
      default ->
          throw fault(
              "tensor " + Printable.value(name) + " has type '" + Printable.value(type) + "'; weights are read from F32, F64, F16"
                  + " and BF16: convert it,"
                  + " in PyTorch with .float()");
    };
  }

  /** Decodes the next value of a buffer. */
  private interface Decoder {
    float next(ByteBuffer values);
  }

  private Tensor floats(String name, int width, Decoder decoder) {
    long size = header.tensors().get(name).size();
    if (size > Integer.MAX_VALUE - 8) {
      throw fault("tensor " + Printable.value(name) + " has " + size + " values, too many for one array");
    }
    float[] data = new float[(int) size];
    int[] read = {0};
    read(
        name, width,
        values -> {
          while (values.hasRemaining()) {
            data[read[0]++] = decoder.next(values);
          }
        });
    return new Tensor(shape(name), data);
  }

  /** Gets the next values of a tensor, little-endian. */
  private interface Values {
    void take(ByteBuffer values);
  }

  /** Reads a tensor, some values of so many bytes at a time. */
  private void read(String name, int width, Values values) {
    SafetensorsHeader.Tensor tensor = header.tensors().get(name);
    try {
      in.position(begin + tensor.begin());
      for (long left = tensor.end() - tensor.begin(); left > 0; ) {
        int length = (int) Math.min(left, CHUNK / width * width);
        values.take(next(length));
        left -= length;
      }
    } catch (IOException e) {
      throw fault(path, Reason.of(e), e);
    }
  }

  /** The next so many bytes. */
  private ByteBuffer next(int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining()) {
      if (in.read(buffer) < 0) {
        throw fault("it was cut short while it was read");
      }
    }
    return buffer.flip();
  }

  private InputException fault(String what) {
    return fault(path, what, null);
  }

  private static InputException fault(Path path, String what, Exception cause) {
    return new InputException(Printable.of("cannot read '" + path + "': " + what), cause);
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw fault(path, Reason.of(e), e);
    }
  }
}
