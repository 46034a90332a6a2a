// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.RegularFile;
import io.github.arturo4j.models.layer.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Makes the bytes of an image of one shape from a file, JPEG, PNG, GIF, BMP, TIFF or WebP: turned upright as its Exif
 * orientation says, in grey or in colour, and resized. Pixels are those of Pillow and torchvision, bit for bit, but for the
 * colours of lossy WebP, whose decoder, in Java, does not smooth them, and is ten times as slow as the others. Threads may
 * share one.
 *
 * @param channels 1 for grey, 3 for red, green and blue
 * @param size of the image
 */
public record ImageDecoder(int channels, ImageSize size) {
  private static final long MAX_BYTES = 1 << 29;

  /** Checks the number of channels. */
  public ImageDecoder {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images have 1 channel for grey or 3 for colours, not " + channels);
    }
  }

  /** Shape of an image: channels×height×width. */
  public Shape shape() {
    return new Shape(channels, size.height(), size.width());
  }

  /**
   * Decodes a file.
   *
   * @param into gets the image, unsigned bytes [channels, height, width]
   * @param offset where it begins there
   * @throws UnreadableImageException if it cannot be read, or no image be made of it; {@code into} may be changed
   */
  public void decode(Path file, byte[] into, int offset) throws UnreadableImageException {
    byte[] content;
    try {
      RegularFile.check(file);
      if (Files.size(file) > MAX_BYTES) {
        throw new UnreadableImageException("%,d bytes, more than %,d".formatted(Files.size(file), MAX_BYTES));
      }
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UnreadableImageException(Reason.of(e), e);
    }
    decode(content, into, offset);
  }

  /**
   * Decodes the content of a file.
   *
   * @param into gets the image, unsigned bytes [channels, height, width]
   * @param offset where it begins there
   * @throws UnreadableImageException if no image can be made of it
   */
  public void decode(byte[] file, byte[] into, int offset) throws UnreadableImageException {
    Pixels image = PixelReader.read(file).withChannels(channels);
    try {
      size.write(image, into, offset);
    } catch (ArithmeticException e) { // a line of pixels, of which resizing makes billions
      throw new UnreadableImageException(
          "%,d×%,d pixels, too long for %s".formatted(image.height(), image.width(), size), e);
    }
  }
}
