// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/** Devices of one vendor or kind; the command line names them {@code nvidia}, {@code amd}, {@code cpu}. */
enum DeviceGroup {
  /** Older boards' names hold a product line, but not the vendor: Tesla V100-SXM2-16GB. */
  NVIDIA("\\b(nvidia|geforce|quadro|tesla|titan)\\b"),

  /** ROCm names a GPU by its architecture, gfx90a:sramecc+:xnack-; its platform names the vendor. */
  AMD("\\b(amd|advanced micro devices|radeon|gfx[0-9a-f]{3,})\\b"),

  /** Processors, through PoCL for instance, and the JVM device. */
  CPU(device -> device.type() == TornadoDeviceType.CPU);

  private final Predicate<Devices.Description> condition;

  /** A vendor's accelerators; PoCL names a CPU after its maker, too, and that is not what is meant. */
  DeviceGroup(String vendor) {
    Predicate<String> names = Pattern.compile(vendor, Pattern.CASE_INSENSITIVE).asPredicate();
    condition =
        device ->
            device.type() != TornadoDeviceType.CPU
                && (names.test(device.name()) || names.test(device.platform()));
  }

  DeviceGroup(Predicate<Devices.Description> condition) {
    this.condition = condition;
  }

  /** The group that the command line calls so, if there is one. */
  static Optional<DeviceGroup> named(String name) {
    return Arrays.stream(values())
        .filter(group -> group.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst();
  }

  boolean has(Devices.Description device) {
    return condition.test(device);
  }
}
