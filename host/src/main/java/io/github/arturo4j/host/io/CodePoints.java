// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;

/** Texts by code points, as Python sorts them, where Java goes by halves of them. */
public final class CodePoints {
  /** The order, which is that of the bytes of UTF-8. */
  public static final Comparator<String> ORDER =
      Comparator.comparing(text -> text.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private CodePoints() {}
}
