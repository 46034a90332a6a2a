// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/**
 * Decodes files by ImageIO, to what Pillow's {@code convert("RGB")} makes of them: stored samples as they are, whatever
 * colour profile or gamma a file names, without alpha; the first image of several; the high byte of 16 bits.
 */
final class PixelReader {
  /** Pillow's limit of what a file may unpack to. */
  private static final long MAX_PIXELS = 178_956_970;

  /** From these on, an image is decoded while no other such one is. */
  private static final long MANY_PIXELS = 1 << 25;

  /** More pixels than a byte of a file can stand for, but in WebP of one colour; and bytes for which that does not count. */
  private static final long MAX_PACKED = 10_000;
  private static final long HEADER = 400;

  private static final Lock LARGE = new ReentrantLock();

  private PixelReader() {}

  /** The image in a file of that content, upright; grey ones have one channel. */
  static Pixels read(byte[] file) throws UnreadableImageException {
    ImageFormat format = ImageFormat.of(file);
    if (format == ImageFormat.PNG) {
      PngChunks.check(file);
    }
    JpegSegments jpeg = format == ImageFormat.JPEG ? JpegSegments.of(file) : null;
    try {
      return decode(file, format, jpeg);
    } catch (EOFException e) {
      throw new UnreadableImageException("truncated", e);
    } catch (IOException | RuntimeException e) { // decoders meet damage with any exception
      throw new UnreadableImageException("damaged" + (e.getMessage() == null ? "" : ": " + e.getMessage()), e);
    } catch (OutOfMemoryError e) {
      throw new UnreadableImageException("too large for Java's memory", e);
    }
  }

  private static Pixels decode(byte[] file, ImageFormat format, JpegSegments jpeg)
      throws IOException, UnreadableImageException {
    ImageReader reader = reader(format, jpeg != null);
    try (ImageInputStream in = new ContentInput(file)) {
      reader.setInput(in, true, true);
      long pixels = checkSize(reader.getWidth(0), reader.getHeight(0), file.length);
      if (pixels < MANY_PIXELS) {
        return pixels(reader, jpeg);
      }
      LARGE.lock();
      try {
        return pixels(reader, jpeg);
      } finally {
        LARGE.unlock();
      }
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader(ImageFormat format, boolean raster) throws UnreadableImageException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.reader());
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (!raster || reader.canReadRaster()) {
        return reader;
      }
    }
    throw new UnreadableImageException("an image in " + format + ", which this Java cannot read");
  }

  private static long checkSize(int width, int height, int bytes) throws UnreadableImageException {
    long pixels = (long) width * height;
    if (width < 1 || height < 1) {
      throw new UnreadableImageException("damaged: it has no pixels");
    }
    if (pixels > MAX_PIXELS) {
      throw new UnreadableImageException("%,d×%,d pixels, more than %,d".formatted(height, width, MAX_PIXELS));
    }
    if (pixels > MAX_PACKED * (HEADER + bytes)) {
      throw new UnreadableImageException("damaged: %,d×%,d pixels in %,d bytes".formatted(height, width, bytes));
    }
    return pixels;
  }

  private static Pixels pixels(ImageReader reader, JpegSegments jpeg) throws IOException, UnreadableImageException {
    if (jpeg != null) {
      return jpeg.orientation().apply(ofJpeg(reader.readRaster(0, null), jpeg));
    }
    BufferedImage image = reader.read(0);
    ColorModel colors = image.getColorModel();
    return colors instanceof ComponentColorModel ? ofSamples(image, colors) : ofColors(image, colors);
  }

  /** Makes grey, or red, green and blue, of the samples of the pixel at an index, in place of the first of them. */
  private interface Conversion {
    void convert(int[] row, int at);
  }

  private static Pixels ofJpeg(Raster raster, JpegSegments jpeg) {
    Conversion conversion =
        switch (jpeg.model()) {
          case GREY, RGB -> (_, _) -> {};
          case YCC -> ColorModels::fromYcc;
          case CMYK -> ColorModels::fromInvertedCmyk;
          case YCCK -> ColorModels::fromInvertedYcck;
        };
    return pixels(raster, jpeg.model() == JpegSegments.Model.GREY ? 1 : 3, conversion);
  }

  /** Of an image with a sample for each component. */
  private static Pixels ofSamples(BufferedImage image, ColorModel colors) throws UnreadableImageException {
    int bits = colors.getComponentSize(0);
    int type = colors.getTransferType();
    if (type != DataBuffer.TYPE_BYTE && type != DataBuffer.TYPE_USHORT) {
      throw new UnreadableImageException("of " + bits + " bits a sample; 16 can be read");
    }
    Conversion conversion =
        switch (colors.getColorSpace().getType()) {
          case ColorSpace.TYPE_GRAY, ColorSpace.TYPE_RGB -> (_, _) -> {};
          case ColorSpace.TYPE_CMYK -> ColorModels::fromCmyk;
          default -> throw new UnreadableImageException("of other colours than grey, RGB or CMYK");
        };
    int max = (1 << bits) - 1;
    int channels = colors.getNumColorComponents() == 1 ? 1 : 3;
    int samples = image.getRaster().getNumBands();
    return pixels(
        image.getRaster(), channels,
        (row, at) -> {
          for (int i = at; i < at + samples && bits != 8; i++) {
            row[i] = bits == 16 ? row[i] >> 8 : (row[i] * 255 + max / 2) / max;
          }
          conversion.convert(row, at);
        });
  }

  private static Pixels pixels(Raster raster, int channels, Conversion conversion) {
    int height = raster.getHeight();
    int width = raster.getWidth();
    int bands = raster.getNumBands();
    byte[] values = new byte[Math.multiplyExact(height * width, channels)];
    int[] row = new int[width * bands];
    for (int y = 0, to = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int at = 0; at < row.length; at += bands) {
        conversion.convert(row, at);
        for (int c = 0; c < channels; c++) {
          values[to++] = (byte) row[at + c];
        }
      }
    }
    return new Pixels(values, height, width, channels);
  }

  /** Of an image with a palette, or with a pixel's colours in one number. */
  private static Pixels ofColors(BufferedImage image, ColorModel colors) {
    int height = image.getHeight();
    int width = image.getWidth();
    byte[] values = new byte[Math.multiplyExact(height * width, 3)];
    Object element = null;
    for (int y = 0, to = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        element = image.getRaster().getDataElements(x, y, element);
        int rgb = colors.getRGB(element);
        values[to++] = (byte) (rgb >> 16);
        values[to++] = (byte) (rgb >> 8);
        values[to++] = (byte) rgb;
      }
    }
    return new Pixels(values, height, width, 3);
  }
}
