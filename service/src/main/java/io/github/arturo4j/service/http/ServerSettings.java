// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.host.io.UsageException;
import java.nio.file.Path;

/**
 * Where a server listens and what it takes.
 *
 * @param address a name or number of an interface, such as 127.0.0.1
 * @param port from 1; 0 for a free one
 * @param dataRoot the folder that holds the data sets
 * @param limits of requests
 */
public record ServerSettings(String address, int port, Path dataRoot, Limits limits) {
  /** Settings whose port is one. */
  public ServerSettings {
    if (port < 0 || port > 65_535) {
      throw new UsageException("the port is " + port + "; give one from 1 to 65535, or 0 for a free one");
    }
    dataRoot = dataRoot.toAbsolutePath().normalize();
  }
}
