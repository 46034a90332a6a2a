// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs the command line in this process. */
final class Cli {
  private Cli() {}

  record Outcome(int code, String out, String err) {}

  static Outcome run(Object... arguments) {
    CommandLine line = Main.commandLine();
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    int code = line.execute(words);
    assertThat(err.toString()).doesNotContain("\tat ");
    return new Outcome(code, out.toString(), err.toString());
  }

  static void refused(int code, String part, Object... arguments) {
    Outcome outcome = run(arguments);
    assertThat(outcome.err()).startsWith("arturo: ").contains(part);
    assertThat(outcome.err().lines().filter(l -> !l.startsWith("Try '")).count()).isEqualTo(1);
    assertThat(outcome.code()).isEqualTo(code);
  }
}
