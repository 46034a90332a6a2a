// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What a process leaves out of the paths that it prints. */
class UnsaidTest {
  private static final Unsaid UNSAID = Unsaid.of(Path.of("/srv/Übung"), Path.of("/srv/Übung/jobs/7"), Path.of("../jobs/7"));

  @Test
  void filesAreCalledByTheirNamesInTheFolder() {
    assertThat(UNSAID.without("'/srv/Übung/jobs/7/run', into ../jobs/7/run; /srv/Übung/wine/a.csv is no '/srv/Übung'"))
        .isEqualTo("'run', into run; wine/a.csv is no '/srv/Übung'");
    assertThat(UNSAID.without("/srv/Übung/jobs/77/run")).isEqualTo("jobs/77/run");
  }

  @Test
  void allElseStaysByteForByte() {
    byte[] bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    assertThat(UNSAID.without(bytes, 0, bytes.length)).isEqualTo(bytes);
    byte[] text = "x/srv/Übung/wine…".getBytes(StandardCharsets.UTF_8);
    int whole = text.length - 1; // in the midst of the last character
    assertThat(UNSAID.without(text, 1, whole - 1)).startsWith("wine".getBytes(StandardCharsets.UTF_8)).hasSize(6);
  }

  @Test
  void nothingIsLeftOutWhereNothingIsToBe() {
    assertThat(Unsaid.NOTHING.without("/srv/x")).isEqualTo("/srv/x");
    assertThat(Unsaid.NOTHING.without("abc".getBytes(StandardCharsets.UTF_8), 1, 1)).isEqualTo(new byte[] {'b'});
  }
}
