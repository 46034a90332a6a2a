// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.runtime;

import io.github.arturo4j.jvm.JvmRuntime;
import uk.ac.manchester.tornado.api.TornadoRuntime;

/** Gives access to the runtime. */
public class TornadoRuntimeProvider {
  /** Not needed; TornadoVM has it. */
  public TornadoRuntimeProvider() {}

  /** The runtime of this JVM. */
  public static TornadoRuntime getTornadoRuntime() {
    return JvmRuntime.INSTANCE;
  }
}
