// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void whatIsSeenStaysAndAllElseIsEscaped() {
    assertThat(Printable.of("a b/ä-λ×図😀 \\n")).isEqualTo("a b/ä-λ×図😀 \\n");
    assertThat(Printable.of("a\nb\rc\td")).isEqualTo("a\\nb\\rc\\td");
    assertThat(Printable.of("\0\u001b[31m\u0085\u007f")).isEqualTo("\\u0000\\u001b[31m\\u0085\\u007f");
    assertThat(Printable.of("\u2028\u2029\u202egnp.exe\ufeff\ud800"))
        .isEqualTo("\\u2028\\u2029\\u202egnp.exe\\ufeff\\ud800");
  }

  @Test
  void aLongValueIsShownInPart() {
    assertThat(Printable.value("x".repeat(80))).isEqualTo("x".repeat(80));
    assertThat(Printable.value("\n".repeat(1234))).isEqualTo("\\n".repeat(80) + "... (1,234 characters)");
  }
}
