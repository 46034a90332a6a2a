// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.diagnosis;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * The TornadoVM SDK that TORNADOVM_HOME names.
 *
 * @param folder where it lies; null if the variable is not set
 * @param backends names of its backends, such as "opencl" or "ptx"; none if it does not say
 */
record Sdk(Path folder, List<String> backends) {
  /** The SDK of a machine's environment. */
  static Sdk of(Machine machine) {
    Path folder = machine.variable("TORNADOVM_HOME").map(Path::of).orElse(null);
    return new Sdk(folder, folder == null ? List.of() : backends(folder.resolve("etc/tornado.backend")));
  }

  private static List<String> backends(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) { // missing, or no properties: it does not say
      return List.of();
    }
    return Arrays.stream(properties.getProperty("tornado.backends", "").split(","))
        .map(name -> name.strip().replace("-backend", ""))
        .filter(name -> !name.isEmpty())
        .toList();
  }

  boolean has(String backend) {
    return backends.contains(backend);
  }

  /** What TornadoVM loads for its backends, where that is called after them. */
  List<Path> libraries() {
    return backends.stream()
        .filter(List.of("opencl", "ptx", "cuda")::contains)
        .map(backend -> folder.resolve("lib").resolve("libtornado-" + backend + ".so"))
        .toList();
  }
}
