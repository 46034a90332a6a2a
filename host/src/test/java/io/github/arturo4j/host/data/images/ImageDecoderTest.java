// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pixels are Pillow's, and what is no image is refused in words. */
class ImageDecoderTest {
  @TempDir Path folder;

  static List<SampleFile> files() {
    return SampleFile.all();
  }

  @ParameterizedTest
  @MethodSource("files")
  void pixelsArePillows(SampleFile file) throws UnreadableImageException {
    Pixels pixels = PixelReader.read(file.content());
    assertThat(pixels.height()).isEqualTo(SampleFile.HEIGHT);
    assertThat(pixels.width()).isEqualTo(SampleFile.WIDTH);
    if (!file.name().equals("lossy.webp")) { // of which libwebp smoothes the colours
      assertThat(ImageSizeTest.crc(pixels.withChannels(3).values())).isEqualTo(file.rgb());
      assertThat(ImageSizeTest.crc(pixels.withChannels(1).values())).isEqualTo(file.grey());
    }
  }

  @Test
  void colouredImagesComeAsPlanesAndGreyOnesInAllThree() throws UnreadableImageException {
    byte[] planes = new byte[5 + 3 * 99];
    new ImageDecoder(3, ImageSize.exactly(9, 11)).decode(SampleFile.content("rgb.png"), planes, 5);
    Pixels pixels = PixelReader.read(SampleFile.content("rgb.png"));
    for (int i = 0; i < 3 * 99; i++) {
      assertThat(planes[5 + i]).isEqualTo(pixels.values()[i % 99 * 3 + i / 99]);
    }
    new ImageDecoder(3, ImageSize.exactly(9, 11)).decode(SampleFile.content("grey.png"), planes, 0);
    assertThat(Arrays.copyOf(planes, 99))
        .isEqualTo(Arrays.copyOfRange(planes, 99, 198))
        .isEqualTo(PixelReader.read(SampleFile.content("grey.png")).values());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ImageDecoder(2, ImageSize.cropped(3)))
        .withMessage("images have 1 channel for grey or 3 for colours, not 2");
  }

  /** A JPEG file with a segment of Exif that has another tag, and the orientation. */
  private static byte[] withExif(ByteOrder order, int type, int orientation) {
    ByteBuffer tiff = ByteBuffer.allocate(38).order(order);
    tiff.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    tiff.putShort((short) 42).putInt(8).putShort((short) 2);
    tiff.putShort((short) 0x010f).putShort((short) 2).putInt(4).putInt(0x30303000);
    tiff.putShort((short) 0x0112).putShort((short) type).putInt(1).putShort((short) orientation).putShort((short) 0);
    return withExif(tiff.array());
  }

  private static byte[] withExif(byte[] tiff) {
    byte[] jpeg = SampleFile.content("grey.jpg");
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + 10 + tiff.length);
    out.put(jpeg, 0, 2).putShort((short) 0xffe1).putShort((short) (8 + tiff.length));
    out.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff).put(jpeg, 2, jpeg.length - 2);
    return out.array();
  }

  @Test
  void anOrientationTurnsTheImage() throws UnreadableImageException {
    String[] pillow = {"123 456", "321 654", "654 321", "456 123", "14 25 36", "41 52 63", "63 52 41", "36 25 14"};
    Pixels stored = PixelReader.read(SampleFile.content("grey.jpg"));
    for (int value = 1; value <= 8; value++) {
      Pixels turned = Orientation.values()[value - 1].apply(new Pixels(new byte[] {1, 2, 3, 4, 5, 6}, 2, 3, 1));
      String digits = pillow[value - 1].replace(" ", "");
      for (int i = 0; i < 6; i++) {
        assertThat(turned.values()[i]).isEqualTo((byte) (digits.charAt(i) - '0'));
      }
      assertThat(turned.width()).isEqualTo(pillow[value - 1].indexOf(' '));
      for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
        Pixels read = PixelReader.read(withExif(order, 3, value));
        assertThat(read.height()).isEqualTo(value < 5 ? 9 : 11);
        assertThat(read.values()).isEqualTo(Orientation.values()[value - 1].apply(stored).values());
      }
    }
    Pixels coloured = Orientation.RIGHT_TOP.apply(new Pixels(new byte[] {1, 2, 3, 4, 5, 6}, 1, 2, 3));
    assertThat(coloured).extracting(Pixels::height, Pixels::width).containsExactly(2, 1);
    assertThat(coloured.values()).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void anOrientationThatIsNoneIsNone() throws UnreadableImageException {
    byte[] stored = PixelReader.read(SampleFile.content("grey.jpg")).values();
    for (int value : new int[] {0, 9, 300, -1}) {
      assertThat(PixelReader.read(withExif(ByteOrder.BIG_ENDIAN, 3, value)).values()).isEqualTo(stored);
    }
    assertThat(PixelReader.read(withExif(ByteOrder.BIG_ENDIAN, 4, 3)).values()).isEqualTo(stored);
    byte[] whole = Arrays.copyOfRange(withExif(ByteOrder.BIG_ENDIAN, 3, 1), 12, 50);
    for (int length = 0; length < whole.length; length++) {
      assertThat(PixelReader.read(withExif(Arrays.copyOf(whole, length))).values()).isEqualTo(stored);
    }
    for (int i = 0; i < whole.length; i++) {
      for (int value : new int[] {0, 1, 0x7f, 0x80, 0xff}) {
        byte[] damaged = whole.clone();
        damaged[i] = (byte) value;
        assertThat(PixelReader.read(withExif(damaged)).values()).hasSize(99);
      }
    }
  }

  private void refused(String reason, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve("image.png"), content);
    ImageDecoder decoder = new ImageDecoder(3, ImageSize.cropped(4));
    assertThatExceptionOfType(UnreadableImageException.class)
        .isThrownBy(() -> decoder.decode(file, new byte[48], 0))
        .withMessage(reason);
  }

  @Test
  void whatIsNoImageIsNamed() throws IOException {
    refused("empty", new byte[0]);
    refused("a web page in place of the file", "<!doctype html>\n<p>".getBytes(StandardCharsets.UTF_8));
    refused("a pointer of Git LFS in place of the file", "version https://git-lfs\n".getBytes(StandardCharsets.UTF_8));
    refused("no image: it begins with the bytes 01 02", new byte[] {1, 2});
    byte[] png = SampleFile.content("rgb.png");
    refused("truncated", Arrays.copyOf(png, png.length - 20));
    png[60] ^= 1;
    refused("damaged: a checksum is wrong", png);
    byte[] jpeg = SampleFile.content("progressive.jpg");
    refused("truncated", Arrays.copyOf(jpeg, jpeg.length - 1));
    refused("truncated", Arrays.copyOf(jpeg, 30));
    refused("20,000×9,000 pixels, more than 178,956,970", ofSize(20_000, 9_000));
    refused("damaged: 5,000×5,000 pixels in 307 bytes", ofSize(5_000, 5_000));
    ImageDecoder decoder = new ImageDecoder(3, ImageSize.cropped(4));
    assertThatExceptionOfType(UnreadableImageException.class)
        .isThrownBy(() -> decoder.decode(folder.resolve("none.png"), new byte[48], 0))
        .withMessage("there is no such file");
    assertThatExceptionOfType(UnreadableImageException.class)
        .isThrownBy(() -> decoder.decode(folder, new byte[48], 0))
        .withMessage("it is a folder");
  }

  /** A PNG file that says it has that size. */
  private static byte[] ofSize(int height, int width) {
    byte[] png = SampleFile.content("rgb.png");
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, width).putInt(20, height);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    return png;
  }

  /** Without the one whose profile makes it long. */
  static List<SampleFile> smallFiles() {
    return SampleFile.all().stream().filter(file -> !file.name().equals("icc.jpg")).toList();
  }

  @ParameterizedTest
  @MethodSource("smallFiles")
  void aCutFileIsNoImageOrOne(SampleFile file) {
    for (int length = 0; length < file.content().length; length++) {
      survives(Arrays.copyOf(file.content(), length), file + " cut to " + length);
    }
  }

  @ParameterizedTest
  @MethodSource("smallFiles")
  void aDamagedFileIsNoImageOrOne(SampleFile file) {
    for (int i = 0; i < file.content().length; i++) {
      int change = new int[] {0x01, 0x80, 0xff}[i % 3];
      byte[] damaged = file.content().clone();
      damaged[i] ^= (byte) change;
      survives(damaged, file + " with " + change + " at " + i);
    }
  }

  private static void survives(byte[] content, String what) {
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    long start = System.nanoTime();
    try {
      new ImageDecoder(3, ImageSize.cropped(4)).decode(content, new byte[48], 0);
    } catch (UnreadableImageException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    assertThat(memory.getCurrentThreadAllocatedBytes() - before).as(what).isLessThan(50 << 20);
    assertThat(System.nanoTime() - start).as(what).isLessThan(5_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.png", "jpeg420.jpg", "a.gif", "rgb.bmp", "lzw.tif", "lossless.webp"})
  void theNameOfAFileDoesNotCount(String name) throws IOException, UnreadableImageException {
    Path file = Files.write(folder.resolve("image.jpg"), SampleFile.content(name));
    byte[] pixels = new byte[3 * 99];
    new ImageDecoder(3, ImageSize.exactly(9, 11)).decode(file, pixels, 0);
    assertThat(pixels).isNotEqualTo(new byte[3 * 99]);
  }
}
