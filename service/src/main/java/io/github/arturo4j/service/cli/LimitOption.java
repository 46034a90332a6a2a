// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.UsageException;
import picocli.CommandLine.Option;

/** The option {@code --limit} of a command that lists what a server has. */
final class LimitOption {
  @Option(names = "--limit", paramLabel = "N", defaultValue = "30", description = "How many at most (default: ${DEFAULT-VALUE}).")
  int most;

  /** Throws if it is none. */
  void check() {
    if (most < 1) {
      throw new UsageException("--limit is " + most + "; it must be at least 1");
    }
  }
}
