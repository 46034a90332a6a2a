// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import java.util.List;

/** Commands of another module, such as the service, which {@link java.util.ServiceLoader} finds. */
public interface CommandProvider {
  /** Their classes, each with picocli's annotation {@code Command} and a constructor without parameters. */
  List<Class<?>> commands();
}
