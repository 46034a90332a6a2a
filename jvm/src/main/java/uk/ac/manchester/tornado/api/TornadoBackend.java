// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A driver with its devices. */
public interface TornadoBackend {
  /** The device at that index. */
  TornadoDevice getDevice(int index);

  /** Number of devices. */
  int getNumDevices();

  /** The backend's name. */
  String getName();

  /** Kind of the backend. */
  TornadoVMBackendType getBackendType();
}
