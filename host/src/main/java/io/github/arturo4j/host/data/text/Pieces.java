// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.text;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts a text into the pieces that no token goes beyond, much as GPT-2 does: a run of letters, of digits, of white space or of
 * others, with the single blank in front of it. Bytes that are not ASCII count as letters, which most of them are parts of.
 */
final class Pieces {
  /** Bytes of a piece at most, and so of a token. */
  static final int MAX = 64;

  private enum Kind {
    LETTER,
    DIGIT,
    SPACE,
    OTHER;

    static Kind of(byte b) {
      if (b < 0 || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z') {
        return LETTER;
      }
      if (b >= '0' && b <= '9') {
        return DIGIT;
      }
      return b == ' ' || b >= '\t' && b <= '\r' ? SPACE : OTHER;
    }
  }

  private Pieces() {}

  /** Calls back with each piece, a character a byte. */
  static void of(byte[] text, Consumer<String> piece) {
    for (int start = 0; start < text.length; ) {
      int end = Math.min(end(text, start), start + MAX);
      piece.accept(new String(text, start, end - start, StandardCharsets.ISO_8859_1));
      start = end;
    }
  }

  private static int end(byte[] text, int start) {
    int end = run(text, start);
    if (Kind.of(text[start]) != Kind.SPACE || end == text.length || text[end - 1] != ' ') {
      return end;
    }
    return end - start > 1 ? end - 1 : run(text, end); // the last blank is the next piece's
  }

  private static int run(byte[] text, int start) {
    Kind kind = Kind.of(text[start]);
    int end = start + 1;
    while (end < text.length && end - start < MAX && Kind.of(text[end]) == kind) {
      end++;
    }
    return end;
  }
}
