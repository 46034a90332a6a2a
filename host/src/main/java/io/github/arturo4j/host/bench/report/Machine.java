// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import com.sun.management.OperatingSystemMXBean;
import io.github.arturo4j.host.autotune.DeviceIdentity;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.inspect.LibraryProviders;
import io.github.arturo4j.kernels.inspect.Sdk;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * What a report was made on. It names neither the host nor its user.
 *
 * @param arturo4j version of this program
 * @param java version of the JDK
 * @param vm the virtual machine, and who made it
 * @param os name, version and architecture of the system
 * @param cpu model of the processor, or its architecture where the system does not tell
 * @param processors that the virtual machine may use
 * @param memoryBytes of the host; null where the virtual machine does not tell
 * @param tornadovm its version, or that it is the plain JVM
 * @param sdk TornadoVM's, with its backends; null without one
 * @param device the device that was measured
 */
public record Machine(
    String arturo4j, String java, String vm, String os, String cpu, int processors, Long memoryBytes, String tornadovm, String sdk,
    Device device) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";

  /**
   * The device.
   *
   * @param id by which it is chosen
   * @param name its own
   * @param backend TornadoVM's
   * @param platform of its driver
   * @param type kind of device
   * @param driver lines in which versions are told
   * @param memoryBytes null where its driver does not tell
   * @param computeUnits its multiprocessors, or of a CPU its threads; null where its driver does not tell
   * @param products what makes products and convolutions
   * @param kernels shape of the other kernels
   * @param cudaGraphs whether steps can be replayed
   * @param libraryProviders of TornadoVM's library tasks
   */
  public record Device(
      String id, String name, String backend, String platform, String type, List<String> driver, Long memoryBytes, Integer computeUnits,
      String products, String kernels, boolean cudaGraphs, List<String> libraryProviders) {
    static Device of(Devices.Entry entry) {
      TornadoDevice device = entry.device();
      long memory = device.getMaxGlobalMemory();
      int units = device.getPhysicalDevice().getDeviceMaxComputeUnits();
      return new Device(
          entry.id(), entry.name(), device.getTornadoVMBackend().toString(), device.getPlatformName(), device.getDeviceType().toString(),
          DeviceIdentity.driver(device), memory > 0 ? memory : null, units > 0 ? units : null, LinearAlgebra.of(entry.traits()).name(),
          entry.traits().shape().toString().toLowerCase(Locale.ROOT), entry.traits().cudaGraphs(),
          entry.traits().plainJvm() ? List.of() : LibraryProviders.names());
    }
  }

  /** This one, with a device. */
  static Machine of(Devices.Entry device) {
    return new Machine(
        Versions.arturo4j(), Runtime.version().toString(), System.getProperty("java.vm.name") + ", " + System.getProperty("java.vm.vendor"),
        System.getProperty("os.name") + " " + System.getProperty("os.version") + " " + System.getProperty("os.arch"), processor(),
        Runtime.getRuntime().availableProcessors(), hostMemory(), Versions.tornadoVm(), Sdk.current().map(Sdk::summary).orElse(null),
        Device.of(device));
  }

  private static Long hostMemory() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system ? system.getTotalMemorySize() : null;
  }

  /** As Linux tells it, or else Windows. */
  private static String processor() {
    String otherwise = System.getenv().getOrDefault("PROCESSOR_IDENTIFIER", System.getProperty("os.arch"));
    if (!Files.isReadable(CPU_INFO)) {
      return otherwise;
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines.filter(line -> line.startsWith(MODEL)).map(line -> line.substring(line.indexOf(':') + 1).strip()).findFirst()
          .orElse(otherwise);
    } catch (IOException e) {
      return otherwise;
    }
  }
}
