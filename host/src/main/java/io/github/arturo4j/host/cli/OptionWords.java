// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Options as words of a command line. */
final class OptionWords {
  private OptionWords() {}

  /** The command line as it was given. */
  static String commandLine(CommandSpec command) {
    return Main.unsaid(command)
        .without(RequestedTraining.commandLine(command.root().commandLine().getParseResult().originalArgs()));
  }

  /** Adds an option with its value behind it; nothing if that is null. */
  static void add(List<String> words, String option, Object value) {
    if (value != null) {
      words.add(option);
      words.add(value.toString());
    }
  }
}
