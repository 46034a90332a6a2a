// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.service.client.Json;
import java.io.PrintWriter;
import picocli.CommandLine.Option;

/** The option to print what the server answers as it is. */
final class JsonOption {
  @Option(names = "--json", description = "Print it as JSON, for a program to read.")
  boolean wanted;

  /** Prints an object, or a list of them. */
  static void print(Object value, PrintWriter out) {
    out.println(Json.pretty(value));
    out.flush();
  }
}
