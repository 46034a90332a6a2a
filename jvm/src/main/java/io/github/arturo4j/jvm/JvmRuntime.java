// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.runtime.common.TornadoXPUDevice;

/** One backend with one device: this JVM. */
public final class JvmRuntime implements TornadoRuntime, TornadoBackend, TornadoXPUDevice, TornadoTargetDevice {
  /** The only one. */
  public static final JvmRuntime INSTANCE = new JvmRuntime();

  private JvmRuntime() {}

  @Override
  public TornadoBackend getBackend(int index) {
    only(index, "backend");
    return this;
  }

  @Override
  public TornadoVMBackendType getBackendType(int index) {
    only(index, "backend");
    return TornadoVMBackendType.JAVA;
  }

  @Override
  public int getNumBackends() {
    return 1;
  }

  @Override
  public TornadoDevice getDevice(int index) {
    only(index, "device");
    return this;
  }

  private static void only(int index, String what) {
    if (index != 0) {
      throw new TornadoRuntimeException("there is no " + what + " " + index + " on the plain JVM, only 0");
    }
  }

  @Override
  public int getNumDevices() {
    return 1;
  }

  @Override
  public String getName() {
    return "JVM";
  }

  @Override
  public TornadoVMBackendType getBackendType() {
    return TornadoVMBackendType.JAVA;
  }

  @Override
  public String getDeviceName() {
    return Workers.deviceName();
  }

  @Override
  public String getDescription() {
    return getDeviceName();
  }

  @Override
  public String getPlatformName() {
    return "Java " + Runtime.version();
  }

  @Override
  public TornadoTargetDevice getPhysicalDevice() {
    return this;
  }

  @Override
  public TornadoDeviceType getDeviceType() {
    return TornadoDeviceType.CPU;
  }

  @Override
  public long getMaxGlobalMemory() {
    return Runtime.getRuntime().maxMemory();
  }

  @Override
  public int getDeviceMaxComputeUnits() {
    return Workers.count();
  }

  @Override
  public String getDeviceInfo() {
    return "Java version: " + Runtime.version() + "\n";
  }

  @Override
  public int getBackendIndex() {
    return 0;
  }

  @Override
  public TornadoVMBackendType getTornadoVMBackend() {
    return TornadoVMBackendType.JAVA;
  }
}
