// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import io.github.arturo4j.host.io.FileKind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Formats of images, told by a file's first bytes: what a file is named does not count. */
enum ImageFormat {
  JPEG("\u00ff\u00d8\u00ff"),
  PNG("\u0089PNG\r\n\u001a\n"),
  GIF("GIF8[79]a"),
  BMP("BM"),
  TIFF("II\\*\u0000|MM\u0000\\*"),
  WEBP("RIFF....WEBP");

  private static final int BEGIN = 256;
  private static final int SHOWN = 4;

  /** Ends of the names that image files have. */
  static final List<String> ENDS = List.of(".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp");

  private final Pattern magic;

  ImageFormat(String magic) {
    this.magic = Pattern.compile(magic, Pattern.DOTALL);
  }

  /** Whether a file of that name is taken for an image. */
  static boolean isNamed(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    return ENDS.stream().anyMatch(lower::endsWith);
  }

  /** That of a file's content. */
  static ImageFormat of(byte[] file) throws UnreadableImageException {
    if (file.length == 0) {
      throw new UnreadableImageException("empty");
    }
    String begin = new String(file, 0, Math.min(file.length, BEGIN), StandardCharsets.ISO_8859_1);
    return Stream.of(values())
        .filter(format -> format.magic.matcher(begin).lookingAt())
        .findFirst()
        .orElseThrow(() -> new UnreadableImageException(other(begin)));
  }

  private static String other(String begin) {
    byte[] bytes = begin.getBytes(StandardCharsets.ISO_8859_1);
    return FileKind.of(bytes)
        .map(FileKind::words)
        .orElseGet(
            () -> "no image: it begins with the bytes "
                + HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(bytes.length, SHOWN)));
  }

  /** Its name in ImageIO. */
  String reader() {
    return name().toLowerCase(Locale.ROOT);
  }
}
