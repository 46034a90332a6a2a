// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.util.List;
import java.util.ServiceLoader;
import uk.ac.manchester.tornado.api.TaskGraph;

/** TornadoVM's providers of library tasks, by which graphs call cuBLAS and its like; from 5.2 on there are some. */
public final class LibraryProviders {
  private static final String SERVICE = "uk.ac.manchester.tornado.runtime.library.spi.TornadoLibraryProvider";
  private static final String PREFIX = "tornado.";

  private LibraryProviders() {}

  /** Names of the modules that have one, without the prefix; none on the plain JVM. */
  public static List<String> names() {
    try {
      return names(Class.forName(SERVICE, false, TaskGraph.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) { // this TornadoVM has no such thing
      return List.of();
    }
  }

  /** They are not loaded: their modules' names say enough, and their native libraries may be missing. */
  private static List<String> names(Class<?> service) {
    return ServiceLoader.load(service, service.getClassLoader()).stream()
        .map(provider -> provider.type().getModule())
        .filter(Module::isNamed)
        .map(Module::getName)
        .map(name -> name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name)
        .distinct()
        .sorted()
        .toList();
  }
}
