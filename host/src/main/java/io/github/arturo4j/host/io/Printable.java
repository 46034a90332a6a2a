// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

/** Text from outside, fit for a message: names of files and values may have line ends and escape codes in them. */
public final class Printable {
  private static final int SHOWN = 80;

  private Printable() {}

  /** The text in one line: what is not seen, or does more than be seen, as an escape of Java's, like {@code \n}. */
  public static String of(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                  if (isSeen(c)) {
                    line.appendCodePoint(c);
                  } else {
                    line.append(String.format("\\u%04x", c));
                  }
                }
              }
            });
    return line.toString();
  }

  private static boolean isSeen(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE, Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  /** The same of a value: if it is long, its beginning, and how long it is. */
  public static String value(String text) {
    return text.length() <= SHOWN
        ? of(text)
        : of(text.substring(0, SHOWN)) + "... (%,d characters)".formatted(text.length());
  }
}
