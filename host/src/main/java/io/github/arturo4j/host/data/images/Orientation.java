// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * How a camera was held, by the tag 0x0112 of Exif (CIPA DC-008): which side of the scene the first row and the first
 * column of the stored image are.
 */
enum Orientation {
  TOP_LEFT,
  TOP_RIGHT,
  BOTTOM_RIGHT,
  BOTTOM_LEFT,
  LEFT_TOP,
  RIGHT_TOP,
  RIGHT_BOTTOM,
  LEFT_BOTTOM;

  private static final int TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int ENTRY = 12;
  private static final int TIFF = 42;

  /** That of the TIFF structure in an Exif segment; {@link #TOP_LEFT} of one without it, or damaged. */
  static Orientation of(ByteBuffer tiff) {
    try {
      short order = tiff.getShort(0);
      if (order != 0x4949 && order != 0x4d4d) {
        return TOP_LEFT;
      }
      ByteBuffer in = tiff.duplicate().order(order == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
      return in.getShort(2) == TIFF ? find(in, in.getInt(4)) : TOP_LEFT;
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      return TOP_LEFT; // cameras and programs write such ones, and the image is none the worse
    }
  }

  private static Orientation find(ByteBuffer in, int directory) {
    int entries = Short.toUnsignedInt(in.getShort(directory));
    for (int i = 0; i < entries; i++) {
      int entry = directory + Short.BYTES + i * ENTRY;
      if (in.getShort(entry) == TAG && in.getShort(entry + 2) == SHORT) {
        int value = in.getShort(entry + 8);
        return value >= 1 && value <= values().length ? values()[value - 1] : TOP_LEFT;
      }
    }
    return TOP_LEFT;
  }

  private boolean isTurned() {
    return compareTo(LEFT_TOP) >= 0;
  }

  /** The image as the scene was. */
  Pixels apply(Pixels image) {
    if (this == TOP_LEFT) {
      return image;
    }
    int h = image.height();
    int w = image.width();
    int channels = image.channels();
    int height = isTurned() ? w : h;
    int width = isTurned() ? h : w;
    byte[] turned = new byte[image.values().length];
    for (int y = 0, to = 0; y < height; y++) {
      for (int x = 0; x < width; x++, to += channels) {
        int from =
            switch (this) {
              case TOP_LEFT -> y * w + x;
              case TOP_RIGHT -> y * w + w - 1 - x;
              case BOTTOM_RIGHT -> (h - 1 - y) * w + w - 1 - x;
              case BOTTOM_LEFT -> (h - 1 - y) * w + x;
              case LEFT_TOP -> x * w + y;
              case RIGHT_TOP -> (h - 1 - x) * w + y;
              case RIGHT_BOTTOM -> (h - 1 - x) * w + w - 1 - y;
              case LEFT_BOTTOM -> x * w + w - 1 - y;
            };
        System.arraycopy(image.values(), from * channels, turned, to, channels);
      }
    }
    return new Pixels(turned, height, width, channels);
  }
}
