// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Crc32c;
import io.github.arturo4j.models.data.Examples;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * What examples are known by.
 *
 * @param count how many there are
 * @param use training, validation or test
 * @param crc32c checksum of features and targets
 */
public record Fingerprint(int count, String use, int crc32c) {
  private static final Pattern TEXT =
      Pattern.compile("([0-9]{1,9}) (training|validation|test) (?:images|examples) of checksum ([0-9a-f]{8})");

  /**
   * That of examples.
   *
   * @param use training, validation or test
   */
  public static Fingerprint of(String use, Examples examples) {
    CRC32C checksum = new CRC32C();
    long bytes =
        switch (examples.targets()) {
          case Targets.Classes classes -> update(checksum, classes);
          case Targets.Values values -> update(checksum, values.values());
        };
    int joined = Crc32c.joined(Crc32c.of(examples.features()), (int) checksum.getValue(), bytes);
    return new Fingerprint(examples.count(), use, joined);
  }

  /** Adds a byte for each label, as labels were in earlier versions, or as many as the classes take; how many bytes. */
  private static long update(CRC32C checksum, Targets.Classes targets) {
    int bytes = 0;
    for (int shift = 0; shift == 0 || targets.classes() > 1L << shift; shift += Byte.SIZE) {
      bytes++;
    }
    for (int label : targets.labels()) {
      for (int i = 0; i < bytes; i++) {
        checksum.update(label >> i * Byte.SIZE);
      }
    }
    return (long) bytes * targets.labels().length;
  }

  private static long update(CRC32C checksum, float[] values) {
    for (float value : values) {
      Crc32c.update(checksum, Float.floatToRawIntBits(value));
    }
    return (long) Float.BYTES * values.length;
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
      throw new IllegalArgumentException("'" + text + "' is no number and checksum of examples");
    }
    return new Fingerprint(
        Integer.parseInt(matcher.group(1)), matcher.group(2), Integer.parseUnsignedInt(matcher.group(3), 16));
  }

  /** Such as "60 training examples of checksum 0a1b2c3d". */
  @JsonValue
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%d %s examples of checksum %08x", count, use, crc32c);
  }
}
