// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import io.github.arturo4j.natives.SharedLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What a probe may look at.
 *
 * @param root the folder that system paths begin at, "/" but in tests
 * @param environment of the process
 * @param loading tries to load a shared library, by its name or its path: what the dynamic linker says against it, or
 *     nothing if it loads
 * @param open whether this user may open a device node for reading and writing
 */
record Machine(
    Path root,
    Map<String, String> environment,
    Function<String, Optional<String>> loading,
    Predicate<Path> open) {

  /** This one. */
  static Machine current() {
    return new Machine(
        Path.of("/"),
        System.getenv(),
        SharedLibrary::whyNotLoaded,
        node -> Files.isReadable(node) && Files.isWritable(node));
  }

  /** A system path. */
  Path path(String absolute) {
    return root.resolve(absolute.substring(1));
  }

  /** A variable of the environment that is set and not empty. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
