// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.models.data.Crc32c;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Arrays in files that are read an example at a time. */
class NpyStreamTest {
  @TempDir Path folder;

  @BeforeEach
  void writeTargets() throws IOException {
    Files.write(folder.resolve("y.npy"), Npy.longs(0, 1, 1, 0, 1));
  }

  private Examples open(byte[] array, Boolean stream) throws IOException {
    Files.write(folder.resolve("x.npy"), array);
    return NumpyExamples.open(folder, stream).train();
  }

  private void refused(String line, byte[] array) {
    assertThatExceptionOfType(DataException.class).isThrownBy(() -> open(array, true))
        .withMessage("'" + folder.resolve("x.npy") + "' " + line);
  }

  /** Of bytes, whose channels come last in the file, and of floats. */
  @Test
  void examplesAreThoseInMemory() throws IOException {
    float[] values = new float[5 * 6];
    for (int i = 0; i < values.length; i++) {
      values[i] = i / 3f;
    }
    for (byte[] array : new byte[][] {Npy.counting(5, 4, 7, 3), Npy.floats(values, 5, 2, 3)}) {
      Features memory = open(array, null).features();
      Features streamed = open(array, true).features();
      assertThat(streamed).isInstanceOf(Features.Streamed.class);
      assertThat(memory).isNotInstanceOf(Features.Streamed.class);
      assertThat(streamed.shape()).isEqualTo(memory.shape());
      assertThat(streamed.type()).isEqualTo(memory.type());
      assertThat(streamed.count()).isEqualTo(5);
      assertThat(streamed.read(4, 0, 2)).usingRecursiveComparison().isEqualTo(memory.read(4, 0, 2));
      assertThat(Crc32c.of(streamed)).isEqualTo(Crc32c.of(memory));
    }
  }

  @Test
  void whatCannotBeStreamedIsSaid() {
    byte[] whole = Npy.counting(5, 2);
    refused("goes on after its 10 bytes; fetch or write it anew", Arrays.copyOf(whole, whole.length + 1));
    refused("ends after 9 of 10 bytes; fetch or write it anew", Arrays.copyOf(whole, whole.length - 1));
    refused("is of shape (0, 3), with no examples; the first size is their number", Npy.counting(0, 3));
    refused("is empty; fetch or write it anew", new byte[0]);
    refused("has NaN in example 3; replace it, in NumPy with np.nan_to_num, or take the example away",
        Npy.floats(new float[] {1, 2, 3, Float.NaN, 5}, 5));
    refused(
        "is in the order of Fortran, in which no example is in one piece; write it with np.ascontiguousarray to have it"
            + " streamed",
        Npy.withHeader("{'descr': '|u1', 'fortran_order': True, 'shape': (5, 1), }", (byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 5));
    Path archive = folder.resolve("a.npz");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(
            () -> {
              Npy.archive(archive, Map.of("x", whole, "y", Npy.longs(0, 1, 1, 0, 1)));
              NumpyExamples.open(archive, true).train();
            })
        .withMessage("'" + archive + "' is an archive, whose arrays are read whole; unpack it into a folder, and name that to have"
            + " them streamed");
  }

  @Test
  void aFileThatChangesIsNoticed() throws IOException {
    Features streamed = open(Npy.counting(5, 4), true).features();
    Path file = folder.resolve("x.npy");
    String remedy = "; put it back as it was, and begin or resume again";
    try (RandomAccessFile changed = new RandomAccessFile(file.toFile(), "rw")) {
      changed.seek(changed.length() - 1);
      changed.write(99);
    }
    streamed.read(0, 1, 2, 3);
    assertThatExceptionOfType(DataException.class).isThrownBy(() -> streamed.read(3, 4))
        .withMessage("'" + file + "' has another example 4 than it had when it was read at first" + remedy);
    try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
      cut.setLength(cut.length() - 3);
    }
    assertThatExceptionOfType(DataException.class).isThrownBy(() -> streamed.read(4))
        .withMessage("'" + file + "' has become shorter" + remedy);
  }

  /** A header of 8 GB, and no more of the file: nothing is allocated. */
  @Test
  void whatIsTooLargeForMemoryIsStreamed() throws IOException {
    byte[] header = Npy.withHeader("{'descr': '<f8', 'fortran_order': False, 'shape': (5, 200000000), }");
    assertThatExceptionOfType(DataException.class).isThrownBy(() -> open(header, null))
        .withMessageEndingWith("ends after 0 of 8,000,000,000 bytes; fetch or write it anew");
    assertThatExceptionOfType(DataException.class).isThrownBy(() -> open(header, false))
        .withMessageContaining("too many for one array");
  }
}
