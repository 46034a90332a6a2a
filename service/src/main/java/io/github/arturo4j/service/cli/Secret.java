// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.RegularFile;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.client.LocalToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What opens the server. It is never a word of the command line, which other users of the machine can read.
 *
 * @param text null for none
 * @param source where it is from, for messages
 */
record Secret(String text, String source) {
  static final String VARIABLE = "ARTURO_TOKEN";

  /**
   * That of the file, else that of the environment, else what a server of this user's has left on this machine.
   *
   * @param file null for none
   */
  static Secret find(Path file, Map<String, String> environment, URI server) {
    if (file != null) {
      return new Secret(oneWord(read(file), "--token-file is '" + file + "', which"), "the one in '" + file + "'");
    }
    String variable = environment.get(VARIABLE);
    if (variable != null && !variable.isBlank()) {
      return new Secret(oneWord(variable, VARIABLE), "that of " + VARIABLE);
    }
    try {
      return LocalToken.read(server)
          .map(text -> new Secret(oneWord(text, "the file of the server's token"), "the one that a server has left for you"))
          .orElse(new Secret(null, "none"));
    } catch (IOException e) {
      Path left = LocalToken.file(server);
      throw new OperationException(
          Printable.of("cannot use the token in '" + left + "': " + Reason.of(e) + "; remove it, and set " + VARIABLE), e);
    }
  }

  /** Without the text, so that no log has it. */
  @Override
  public String toString() {
    return "Secret[" + source + "]";
  }

  private static String read(Path file) {
    try {
      RegularFile.check(file);
      return Files.readString(file);
    } catch (IOException e) {
      throw new UsageException(
          Printable.of("--token-file is '" + file + "', which cannot be read: " + Reason.of(e) + "; name the file of a token"), e);
    }
  }

  private static String oneWord(String text, String what) {
    String word = text.strip();
    if (!word.matches("[\\x21-\\x7e]+")) {
      throw new UsageException(what + " holds no token; it must be one word, as 'arturo token create' prints it");
    }
    return word;
  }
}
