// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.uncertainty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.models.data.Features;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ShiftTest {
  private static Features.Bytes images(int... shape) {
    byte[] values = new byte[2 * shape[0] * shape[1] * shape[2]];
    for (int i = 0; i < values.length; i++) {
      values[i] = (byte) i;
    }
    return (Features.Bytes) Features.of(values, shape);
  }

  @Test
  void aSquareIsTurnedByAQuarterAnotherByAHalf() {
    byte[] square = Shift.ROTATED.of(images(1, 2, 2), 0).values();
    assertThat(square).containsExactly(1, 3, 0, 2, 5, 7, 4, 6);
    byte[] oblong = Shift.ROTATED.of(images(1, 2, 3), 0).values();
    assertThat(Arrays.copyOf(oblong, 6)).containsExactly(5, 4, 3, 2, 1, 0);
  }

  @Test
  void shuffledPixelsAreThoseOfTheirImageAndKeepTheirChannels() {
    Features.Bytes images = images(2, 4, 4);
    byte[] shuffled = Shift.SHUFFLED.of(images, 1).values();
    byte[] first = Arrays.copyOf(shuffled, 16);
    for (int i = 0; i < 16; i++) {
      assertThat(shuffled[16 + i] - first[i]).isEqualTo(16);
    }
    assertThat(first).isNotEqualTo(Arrays.copyOf(images.values(), 16));
    Arrays.sort(first);
    assertThat(first).containsExactly(Arrays.copyOf(images.values(), 16));
    assertThat(Shift.SHUFFLED.of(images, 1).values()).as("the same seed").containsExactly(shuffled);
    assertThat(Shift.SHUFFLED.of(images, 2).values()).isNotEqualTo(shuffled);
  }

  @Test
  void noiseIsAnyByteAndTheImagesStay() {
    Features.Bytes images = images(1, 50, 50);
    byte[] before = images.values().clone();
    byte[] noise = Shift.NOISE.of(images, 3).values();
    double mean = 0;
    for (byte value : noise) {
      mean += (value & 0xff) / (double) noise.length;
    }
    assertThat(mean).isBetween(120.0, 135.0);
    assertThat(images.values()).containsExactly(before);
    assertThat(Shift.fits(images)).isTrue();
    assertThat(Shift.fits(Features.of(new float[4], 1, 2, 2))).isFalse();
  }
}
