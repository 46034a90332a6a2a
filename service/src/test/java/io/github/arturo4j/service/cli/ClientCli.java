// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs a command that asks a server, in this process. */
final class ClientCli {
  private final List<String> words;

  /**
   * For a server.
   *
   * @param token the file that has the token
   */
  ClientCli(URI server, Path token) {
    words = List.of("--server", server.toString(), "--token-file", token.toString());
  }

  record Outcome(int code, String out, String err) {}

  Outcome run(Object... arguments) {
    List<String> all = new ArrayList<>();
    for (Object argument : arguments) {
      all.add(argument.toString());
    }
    all.addAll(words);
    return execute(all.toArray(String[]::new));
  }

  static Outcome execute(String... arguments) {
    CommandLine line = Main.commandLine(arguments);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int code = line.execute(arguments);
    assertThat(err.toString()).doesNotContain("\tat ");
    return new Outcome(code, out.toString(), err.toString());
  }

  /** What the command prints, which must succeed and say nothing else. */
  String out(Object... arguments) {
    Outcome outcome = run(arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.code()).isZero();
    return outcome.out();
  }

  /** Refuses with a line that begins so, or is it, if there is its end. */
  void refused(int code, String line, Object... arguments) {
    refused(run(arguments), code, line);
  }

  static void refused(Outcome outcome, int code, String line) {
    assertThat(outcome.err().lines().filter(l -> !l.startsWith("Try '"))).hasSize(1);
    assertThat(outcome.err()).startsWith("arturo: " + line);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.code()).isEqualTo(code);
  }
}
