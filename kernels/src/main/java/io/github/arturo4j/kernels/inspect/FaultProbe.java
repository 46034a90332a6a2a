// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.util.Optional;

/** Looks for one cause of TornadoVM's not starting, or of its not seeing a device. */
@FunctionalInterface
interface FaultProbe {
  /** The cause and what mends it, as "cause; remedy"; nothing if this is not the cause. */
  Optional<String> look(Machine machine, Sdk sdk);
}
