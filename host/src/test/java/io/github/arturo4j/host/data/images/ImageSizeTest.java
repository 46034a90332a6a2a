// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Resized images, bit for bit as Pillow 9.4 resizes and torchvision crops them. */
class ImageSizeTest {
  /** Height, width and channels of an image, how it is resized and to what, and the CRC-32 of the bytes, planes in turn. */
  private static final String[] PILLOW =
      """
      1 7 1 exact 1 1 0f0f9344
      1 7 1 exact 4 13 71d24b8e
      1 7 1 exact 32 32 52cb39af
      1 7 1 crop 1 1 0f0f9344
      13 4 3 exact 1 1 5a977ace
      13 4 3 exact 4 13 c2dd80d1
      13 4 3 exact 32 32 2599a8af
      13 4 3 crop 1 1 beea19b9
      13 4 3 crop 33 33 ed0d4ea4
      37 53 3 exact 1 1 9be37e44
      37 53 3 exact 4 13 e87db0f1
      37 53 3 exact 32 32 ffd1bac6
      37 53 3 crop 1 1 9be37e44
      37 53 3 crop 33 33 2a0a66c1
      207 98 1 exact 1 1 3fba6cad
      207 98 1 exact 4 13 2554ea53
      207 98 1 exact 32 32 467b1377
      207 98 1 crop 1 1 3fba6cad
      207 98 1 crop 33 33 636f29da
      300 200 3 exact 1 1 c84fd9f9
      300 200 3 exact 4 13 59eeda88
      300 200 3 exact 32 32 5e4d14b6
      300 200 3 crop 1 1 c84fd9f9
      300 200 3 crop 33 33 1a02d065
      41 40 1 exact 1 1 38d7a8b4
      41 40 1 exact 4 13 e9ac20fa
      41 40 1 exact 32 32 9e82ad96
      41 40 1 crop 1 1 38d7a8b4
      41 40 1 crop 33 33 aac14c5c
      19 23 3 crop 15 15 7a651081
      23 19 1 crop 15 15 e4c7ad2d
      90 31 1 crop 4 4 f31cba51
      """.lines().toArray(String[]::new);

  private static Pixels image(int height, int width, int channels) {
    byte[] values = new byte[height * width * channels];
    for (int y = 0, i = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++, i++) {
          values[i] = (byte) (x * 37 + y * 91 + c * 53 + x * y * 7 + (x / 3) * (y / 2) * 11);
        }
      }
    }
    return new Pixels(values, height, width, channels);
  }

  static String crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }

  @ParameterizedTest
  @FieldSource("PILLOW")
  void isPillows(String line) {
    String[] words = line.split(" ");
    Pixels image = image(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
    int height = Integer.parseInt(words[4]);
    int width = Integer.parseInt(words[5]);
    ImageSize size = words[3].equals("crop") ? ImageSize.cropped(height) : ImageSize.exactly(height, width);
    byte[] bytes = new byte[height * width * image.channels()];
    size.write(image, bytes, 0);
    assertThat(crc(bytes)).isEqualTo(words[6]);
  }

  @Test
  void anImageOfThatSizeStaysAsItIs() {
    Pixels image = image(5, 7, 1);
    byte[] bytes = new byte[37];
    ImageSize.exactly(5, 7).write(image, bytes, 2);
    assertThat(bytes).startsWith(0, 0).endsWith(image.values());
  }

  @Test
  void sizesThatCannotBeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ImageSize.exactly(0, 7))
        .withMessage("image size is 0×7; height and width must be 1 to 16384");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageSize(3, 7, true))
        .withMessage("image size is 3×7, which is no square; only squares are cropped");
    assertThat(ImageSize.cropped(8)).hasToString("8×8, cropped");
  }
}
