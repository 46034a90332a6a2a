// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import java.util.List;

/** Options as words of a command line. */
final class OptionWords {
  private OptionWords() {}

  /** Adds an option with its value behind it; nothing if that is null. */
  static void add(List<String> words, String option, Object value) {
    if (value != null) {
      words.add(option);
      words.add(value.toString());
    }
  }
}
