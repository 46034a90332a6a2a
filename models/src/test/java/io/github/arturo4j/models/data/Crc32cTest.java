// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.models.layer.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checksums of features in memory, beside the library's of their bytes, and of streamed ones, beside those. */
class Crc32cTest {
  private final Random random = new Random(1);

  private static int library(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 207, 4098})
  void streamedFeaturesHaveTheChecksumOfThoseInMemory(int size) {
    byte[] bytes = new byte[size * 5];
    random.nextBytes(bytes);
    Features images = new Features.Bytes(bytes, 5, new Shape(size));
    assertThat(Crc32c.of(images)).isEqualTo(library(bytes));
    FeatureSource source =
        FeatureSource.ofBytes(5, new Shape(size), i -> Arrays.copyOfRange(bytes, i * size, (i + 1) * size));
    assertThat(Crc32c.of(Features.of(source))).isEqualTo(library(bytes));
    assertThat(Crc32c.of(Features.of(source).select(4, 0))).isEqualTo(Crc32c.of(images.select(4, 0)));
  }

  @Test
  void floatsAreFourBytesTheLowestFirst() {
    float[] values = new float[21];
    ByteBuffer bytes = ByteBuffer.allocate(21 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
      bytes.putFloat(values[i]);
    }
    assertThat(Crc32c.of(Features.of(values, 7))).isEqualTo(library(bytes.array()));
    FeatureSource source = FeatureSource.ofFloats(3, new Shape(7), i -> Arrays.copyOfRange(values, 7 * i, 7 * i + 7));
    assertThat(Crc32c.of(Features.of(source))).isEqualTo(library(bytes.array()));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 255, 1000})
  void twoSequencesJoined(int second) {
    byte[] all = new byte[100 + second];
    random.nextBytes(all);
    int first = library(Arrays.copyOf(all, 100));
    int last = library(Arrays.copyOfRange(all, 100, all.length));
    assertThat(Crc32c.joined(first, last, second)).isEqualTo(library(all));
  }
}
