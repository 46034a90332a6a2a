// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.RegularFile;
import io.github.arturo4j.models.data.Crc32c;
import io.github.arturo4j.models.data.FeatureSource;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Examples in a file .npy that are read when they are needed, each time anew, and always the same. */
final class NpyStream implements FeatureSource {
  /** Bytes that are read at a time when the file is opened. */
  private static final int CHUNK = 1 << 24;

  private final Path file;
  private final NpyHeader header;
  private final long begin;
  private final int bytesOfOne;
  private final int[] checksums;

  private NpyStream(Path file, NpyHeader header, long begin) {
    this.file = file;
    this.header = header;
    this.begin = begin;
    bytesOfOne = Math.toIntExact(header.bytes() / header.shape()[0]);
    checksums = new int[header.shape()[0]];
  }

  /** Whether the array of a file is more than one in memory can be. */
  static boolean isTooLarge(Path file) {
    return using(file, channel -> NpyHeader.read(Channels.newInputStream(channel)).bytes() > NpyHeader.MAX_BYTES);
  }

  /**
   * Reads a file once, to see whether all of its numbers are finite.
   *
   * @throws DataException if it cannot be read, is no such file, is damaged, or has no examples of numbers; one line
   */
  static NpyStream open(Path file) {
    return using(
        file,
        channel -> {
          InputStream in = Channels.newInputStream(channel);
          NpyHeader header = NpyHeader.read(in);
          NumpyFeatures.checkExamples("'" + file + "'", header.shape());
          if (header.fortran() && header.shape().length > 1) {
            throw new NpyFault(
                "is in the order of Fortran, in which no example is in one piece",
                "write it with np.ascontiguousarray to have it streamed");
          }
          header.checkSize(channel.size() - channel.position());
          NpyStream stream = new NpyStream(file, header, channel.position());
          stream.readAll(channel);
          return stream;
        });
  }

  private void readAll(FileChannel channel) throws IOException {
    int rows = Math.max(1, CHUNK / bytesOfOne);
    for (int first = 0; first < count(); first += rows) {
      int[] indices = new int[Math.min(rows, count() - first)];
      for (int i = 0; i < indices.length; i++) {
        indices[i] = first + i;
      }
      Features read = features(channel, indices);
      for (int i = 0; i < indices.length; i++) {
        checksums[first + i] = Crc32c.of(read.read(i));
      }
    }
  }

  private Features features(FileChannel channel, int[] indices) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(indices.length, bytesOfOne));
    for (int i = 0; i < indices.length; i++) {
      bytes.limit((i + 1) * bytesOfOne);
      long at = begin + (long) indices[i] * bytesOfOne;
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, at + bytes.position() - (long) i * bytesOfOne) < 0) {
          throw new NpyFault("has become shorter", DataException.PUT_BACK);
        }
      }
    }
    int[] shape = header.shape();
    shape[0] = indices.length;
    return NumpyFeatures.of(new NpyArray("'" + file + "'", header.type(), shape, bytes.array()), i -> indices[i]);
  }

  private interface Use<T> {
    T of(FileChannel channel) throws IOException;
  }

  private static <T> T using(Path file, Use<T> use) {
    try {
      RegularFile.check(file);
      try (FileChannel channel = FileChannel.open(file)) {
        return use.of(channel);
      }
    } catch (NpyFault fault) {
      throw new DataException("'" + file + "' " + fault.line(), fault);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  @Override
  public int count() {
    return checksums.length;
  }

  @Override
  public Shape shape() {
    return NumpyFeatures.shape(header.shape(), header.type().isByte());
  }

  @Override
  public Class<? extends Features> type() {
    return header.type().isByte() ? Features.Bytes.class : Features.Floats.class;
  }

  /**
   * Reads examples.
   *
   * @throws DataException if the file has changed since it was opened; one line
   */
  @Override
  public Features read(int... indices) {
    Features read = using(file, channel -> features(channel, indices));
    for (int i = 0; i < indices.length; i++) {
      if (Crc32c.of(read.read(i)) != checksums[indices[i]]) {
        throw new DataException(
            "'%s' has another example %,d than it had when it was read at first; %s".formatted(file, indices[i], DataException.PUT_BACK));
      }
    }
    return read;
  }

  @Override
  public int crc32c(int index) {
    return checksums[index];
  }
}
