// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

import java.nio.file.Path;

/** Where this program keeps what can be had again: {@code ~/.cache/arturo4j}, or below the folder that XDG_CACHE_HOME names. */
public final class CacheFolder {
  private CacheFolder() {}

  /** The folder of that name in it, which need not be there. */
  public static Path of(String name) {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base = cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return base.resolve("arturo4j").resolve(name);
  }
}
