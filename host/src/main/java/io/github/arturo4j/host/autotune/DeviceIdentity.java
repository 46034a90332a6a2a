// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.autotune;

import io.github.arturo4j.host.io.Hash;
import io.github.arturo4j.host.run.Versions;
import io.github.arturo4j.kernels.device.Devices;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * What measured times depend on: the device, its driver, TornadoVM, and this program.
 *
 * @param lines what tells it
 */
public record DeviceIdentity(List<String> lines) {
  /** Where NVIDIA's driver tells its version; TornadoVM's CUDA backend does not. */
  private static final Path NVIDIA = Path.of("/proc/driver/nvidia/version");

  private static final int DIGITS = 16;

  static DeviceIdentity of(Devices.Entry entry) {
    TornadoDevice device = entry.device();
    List<String> lines = new ArrayList<>();
    lines.add("device: " + entry.name() + ", " + device.getPhysicalDevice().getDeviceMaxComputeUnits() + " compute units");
    lines.add("backend: " + device.getTornadoVMBackend() + ", " + device.getPlatformName());
    lines.addAll(driver(device));
    lines.add("tornadovm: " + Versions.tornadoVm());
    lines.add("arturo4j: " + Versions.arturo4j());
    return new DeviceIdentity(List.copyOf(lines));
  }

  /** The lines in which a device's driver tells its versions. */
  public static List<String> driver(TornadoDevice device) {
    List<String> lines = new ArrayList<>();
    device.getPhysicalDevice().getDeviceInfo().lines()
        .map(line -> line.strip().replaceAll("\\s+", " "))
        .filter(line -> line.toLowerCase(Locale.ROOT).contains("version"))
        .forEach(lines::add);
    if (Files.isReadable(NVIDIA)) {
      try (var text = Files.lines(NVIDIA)) {
        text.limit(1).map(String::strip).forEach(lines::add);
      } catch (IOException e) {
        lines.add(NVIDIA + " cannot be read"); // another identity than with it: measured anew at worst
      }
    }
    return lines;
  }

  /** A short name that no other identity has. */
  String name() {
    return HexFormat.of().formatHex(Hash.sha256(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)))
        .substring(0, DIGITS);
  }
}
