// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoRuntime;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Finds the devices that TornadoVM, or its implementation on the plain JVM, offers. */
public final class Devices {
  private Devices() {}

  /**
   * A device and its address.
   *
   * @param backend index of the backend (driver), from 0
   * @param index index of the device in its backend, from 0
   */
  public record Entry(int backend, int index, TornadoDevice device) {
    /** The address that the command line takes: {@code backend:index}. */
    public String id() {
      return backend + ":" + index;
    }

    /** The device's own name. */
    public String name() {
      return device.getPhysicalDevice().getDeviceName().strip();
    }
  }

  /** Every device, in TornadoVM's order. */
  public static List<Entry> list() {
    TornadoRuntime runtime = TornadoRuntimeProvider.getTornadoRuntime();
    List<Entry> devices = new ArrayList<>();
    for (int b = 0; b < runtime.getNumBackends(); b++) {
      TornadoBackend backend = runtime.getBackend(b);
      for (int d = 0; d < backend.getNumDevices(); d++) {
        devices.add(new Entry(b, d, backend.getDevice(d)));
      }
    }
    return devices;
  }

  /**
   * The device with an address like {@code 0:1}, or the first one for {@code null}.
   *
   * @throws IllegalArgumentException if there is no such device; the message lists those there are
   */
  public static Entry find(String id) {
    List<Entry> devices = list();
    for (Entry device : devices) {
      if (id == null || device.id().equals(id)) {
        return device;
      }
    }
    StringBuilder known = new StringBuilder();
    devices.forEach(d -> known.append(known.isEmpty() ? "" : ", ").append(d.id()).append(" (").append(d.name()).append(')'));
    throw new IllegalArgumentException("no device '" + id + "'; there are: " + known);
  }

  /** Whether the device is the plain JVM. */
  public static boolean isJvm(TornadoDevice device) {
    return device.getPhysicalDevice().getDeviceName().startsWith("JVM");
  }

  /** Whether the device is a GPU, whose threads want neighbouring elements. */
  public static boolean isGpu(TornadoDevice device) {
    return device.getDeviceType() == TornadoDeviceType.GPU;
  }
}
