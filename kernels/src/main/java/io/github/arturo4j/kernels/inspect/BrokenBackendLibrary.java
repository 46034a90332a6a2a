// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The SDK's own library of a backend is there, but not for this system: made for a newer one, or torn. */
final class BrokenBackendLibrary implements FaultProbe {
  @Override
  public Optional<String> look(Machine machine, Sdk sdk) {
    for (String backend : sdk.backends()) {
      Path library = sdk.library(backend);
      Optional<String> error =
          Files.exists(library) ? machine.loading().apply(library.toString()) : Optional.empty();
      if (error.isPresent()) {
        return Optional.of(
            "the SDK's lib/" + library.getFileName() + " does not load (" + error.get()
                + "); install an SDK that is built for this system and set TORNADOVM_HOME to it");
      }
    }
    return Optional.empty();
  }
}
