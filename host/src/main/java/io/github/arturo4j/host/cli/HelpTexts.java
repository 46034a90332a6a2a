// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Writes the help of all commands into files, from which the launcher tells it without a start of Java. */
final class HelpTexts {
  private HelpTexts() {}

  /**
   * Writes it.
   *
   * @param arguments the folder to make: {@code plain/arturo/train.txt} in it is the help of {@code arturo train}, and
   *     {@code colored/arturo/train.txt} the same for a terminal
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    CommandLine all = Main.commandLine();
    write(all, folder.resolve("plain"), Ansi.OFF);
    write(all, folder.resolve("colored"), Ansi.ON);
  }

  private static void write(CommandLine command, Path folder, Ansi ansi) throws IOException {
    Files.createDirectories(folder);
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(folder.resolve(command.getCommandName() + ".txt")))) {
      command.usage(out, ansi);
      if (out.checkError()) {
        throw new IOException("cannot write " + folder);
      }
    }
    for (CommandLine part : command.getSubcommands().values()) {
      write(part, folder.resolve(command.getCommandName()), ansi);
    }
  }
}
