// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.server;

import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.http.Limits;
import io.github.arturo4j.service.process.JavaCommand;
import java.nio.file.Path;

/**
 * What a server is made of.
 *
 * @param home its folder: database, jobs
 * @param dataRoot the folder below which the data of jobs lie
 * @param address where it listens
 * @param port from 1; 0 for a free one
 * @param jvmSlots jobs that the plain JVM runs at a time, where there is no accelerator
 * @param java how jobs are run
 * @param limits of requests
 */
public record ServiceOptions(Path home, Path dataRoot, String address, int port, int jvmSlots, JavaCommand java, Limits limits) {
  private static final int MAX_SLOTS = 64;

  /** Options in their ranges. */
  public ServiceOptions {
    if (jvmSlots < 1 || jvmSlots > MAX_SLOTS) {
      throw new UsageException("--jvm-slots is " + jvmSlots + "; it must be between 1 and " + MAX_SLOTS);
    }
    home = home.toAbsolutePath().normalize();
    dataRoot = dataRoot.toAbsolutePath().normalize();
  }
}
