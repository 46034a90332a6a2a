// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.api;

/** What is known of the hardware. */
public interface TornadoTargetDevice {
  /** The device's name. */
  String getDeviceName();

  /** Compute units, on the JVM threads. */
  int getDeviceMaxComputeUnits();

  /** What the driver tells of it, in lines, with versions. */
  String getDeviceInfo();
}
