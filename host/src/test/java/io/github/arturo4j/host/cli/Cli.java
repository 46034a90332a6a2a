// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs the command line, in this process or in one of its own. */
final class Cli {
  private Cli() {}

  record Outcome(int code, String out, String err) {}

  static Outcome run(Object... arguments) {
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    CommandLine line = Main.commandLine(words);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    int code = line.execute(words);
    assertThat(err.toString()).doesNotContain("\tat ");
    return new Outcome(code, out.toString(), err.toString());
  }

  /** A process's output without what the virtual machine warns of by itself, as it does with an SDK's arguments. */
  static String text(Path output) throws IOException {
    return Files.readString(output).replaceAll("(?m)^WARNING: Using incubator modules: .*\\R", "");
  }

  /** Whether processes run on TornadoVM. */
  static boolean onTornadoVm() {
    return System.getProperty("arturo.sdk.arguments") != null;
  }

  /** The command that runs arturo in a process of its own, with this one's class path, on TornadoVM if it is there. */
  static List<String> command(List<String> jvmOptions, Object... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String sdkArguments = System.getProperty("arturo.sdk.arguments"); // the tests' build sets it
    if (sdkArguments != null) {
      command.add("@" + sdkArguments);
    }
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("tornado.") && System.getProperty(name).length() > 0) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    command.addAll(jvmOptions);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  static void refused(int code, String part, Object... arguments) {
    Outcome outcome = run(arguments);
    assertThat(outcome.err()).startsWith("arturo: ").contains(part);
    assertThat(outcome.err().lines().filter(l -> !l.startsWith("Try '")).count()).isEqualTo(1);
    assertThat(outcome.code()).isEqualTo(code);
  }
}
