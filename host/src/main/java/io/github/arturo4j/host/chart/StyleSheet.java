// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Style sheets of this library. */
public final class StyleSheet {
  private StyleSheet() {}

  /** The text of one, which lies beside the classes: {@code /chart.css}, that of charts. */
  public static String of(String resource) {
    try (InputStream in = StyleSheet.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
