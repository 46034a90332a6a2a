// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api.common;

import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A device that graphs can run on. */
public interface TornadoDevice {
  /** The device's name in its backend. */
  String getDeviceName();

  /** A line on the device. */
  String getDescription();

  /** Name of the platform it belongs to. */
  String getPlatformName();

  /** The hardware. */
  TornadoTargetDevice getPhysicalDevice();

  /** Kind of the device. */
  TornadoDeviceType getDeviceType();

  /** Bytes of its memory. */
  long getMaxGlobalMemory();

  /** Index of its backend. */
  int getBackendIndex();

  /** Kind of its backend. */
  TornadoVMBackendType getTornadoVMBackend();
}
