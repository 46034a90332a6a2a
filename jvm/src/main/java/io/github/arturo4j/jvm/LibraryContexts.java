// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicLong;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.runtime.library.spi.LibraryContext;
import uk.ac.manchester.tornado.runtime.library.spi.TornadoLibraryProvider;

/** The contexts of a plan's native libraries, each made when the first of its tasks is to run. */
final class LibraryContexts {
  private static final AtomicLong PLANS = new AtomicLong();

  private final long plan = PLANS.incrementAndGet();
  private final Map<TornadoLibraryProvider, LibraryContext> contexts = new LinkedHashMap<>();

  /** The provider of a library: found as TornadoVM finds it, by its name. */
  static TornadoLibraryProvider provider(String library) {
    TornadoLibraryProvider found =
        Providers.ALL.stream()
            .filter(provider -> provider.libraryName().equals(library))
            .findFirst()
            .orElseThrow(() -> new TornadoRuntimeException("no provider for the library '" + library + "'"));
    if (!found.canHandle(JvmRuntime.INSTANCE)) {
      throw new TornadoRuntimeException("the library '" + library + "' does not run on the JVM device");
    }
    return found;
  }

  /** Looked for when the first library task runs. */
  private static final class Providers {
    static final List<TornadoLibraryProvider> ALL =
        ServiceLoader.load(TornadoLibraryProvider.class, TornadoLibraryProvider.class.getClassLoader()).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
  }

  /** A number that no other plan has. */
  long plan() {
    return plan;
  }

  /** That of a provider. */
  LibraryContext of(TornadoLibraryProvider provider) {
    return contexts.computeIfAbsent(provider, p -> p.createContext(JvmRuntime.INSTANCE, plan));
  }

  /** Destroys them all. */
  void destroy() {
    contexts.forEach(TornadoLibraryProvider::destroyContext);
    contexts.clear();
  }
}
