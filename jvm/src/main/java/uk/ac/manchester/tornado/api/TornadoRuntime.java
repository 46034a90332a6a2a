// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** The backends there are. */
public interface TornadoRuntime {
  /** The backend at that index. */
  TornadoBackend getBackend(int index);

  /** Kind of the backend at that index. */
  TornadoVMBackendType getBackendType(int index);

  /** Number of backends. */
  int getNumBackends();
}
