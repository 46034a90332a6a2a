// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The SDK's own library of a backend is missing. */
final class BackendLibrary implements FaultProbe {
  @Override
  public Optional<String> look(Machine machine, Sdk sdk) {
    for (String backend : sdk.backends()) {
      Path library = sdk.library(backend);
      if (sdk.needsLibrary(backend) && !Files.exists(library)) {
        return Optional.of(
            "the SDK in '" + sdk.folder() + "' has no lib/" + library.getFileName()
                + ", which its etc/tornado.backend asks for; unpack the SDK anew and set TORNADOVM_HOME to it");
      }
    }
    return Optional.empty();
  }
}
