// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.models.data.ImageSet;
import java.util.Locale;
import java.util.zip.CRC32C;

/** What images are known by. */
public final class Fingerprint {
  private Fingerprint() {}

  /**
   * Number and checksum of images.
   *
   * @param use training or test
   */
  public static String of(String use, ImageSet images) {
    CRC32C checksum = new CRC32C();
    checksum.update(images.pixels());
    checksum.update(images.labels());
    return String.format(Locale.ROOT, "%d %s images of checksum %08x", images.count(), use, checksum.getValue());
  }
}
