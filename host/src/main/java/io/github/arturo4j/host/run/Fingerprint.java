// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.arturo4j.models.data.ImageSet;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * What images are known by.
 *
 * @param count how many there are
 * @param use training or test
 * @param crc32c checksum of pixels and labels
 */
public record Fingerprint(int count, String use, int crc32c) {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9}) (training|test) images of checksum ([0-9a-f]{8})");

  /**
   * That of images.
   *
   * @param use training or test
   */
  public static Fingerprint of(String use, ImageSet images) {
    CRC32C checksum = new CRC32C();
    checksum.update(images.pixels());
    for (int label : images.labels()) {
      for (int shift = 0; shift == 0 || images.classes() > 1 << shift; shift += Byte.SIZE) {
        checksum.update(label >> shift); // a byte, as labels were in earlier versions, or as many as the classes take
      }
    }
    return new Fingerprint(images.count(), use, (int) checksum.getValue());
  }

  /**
   * The one that {@link #toString} has written.
   *
   * @throws IllegalArgumentException if it has not written that
   */
  @JsonCreator
  public static Fingerprint parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no number and checksum of images");
    }
    return new Fingerprint(
        Integer.parseInt(matcher.group(1)), matcher.group(2), Integer.parseUnsignedInt(matcher.group(3), 16));
  }

  /** Such as "60 training images of checksum 0a1b2c3d". */
  @JsonValue
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d %s images of checksum %08x", count, use, crc32c);
  }
}
