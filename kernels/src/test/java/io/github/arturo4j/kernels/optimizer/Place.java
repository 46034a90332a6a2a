// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.Devices;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where arTuRO's kernels are tested: every device of this process in the shape chosen for it, and the JVM device in the
 * other one, too.
 */
record Place(Devices.Entry device, KernelShape shape) {
  static List<Place> all() {
    return Stream.concat(Devices.list().stream().map(Place::own), inGroupsOnTheJvm().stream()).toList();
  }

  /** The first device, in its own shape. */
  static Place first() {
    return own(Devices.find(null));
  }

  /** The shape of GPUs on the JVM device; none where an SDK hides that. */
  static List<Place> inGroupsOnTheJvm() {
    return Devices.list().stream()
        .filter(device -> Devices.isJvm(device.device()))
        .map(device -> new Place(device, KernelShape.GROUPS))
        .toList();
  }

  static Place own(Devices.Entry device) {
    return new Place(device, KernelShape.forDevice(device.device()));
  }

  @Override
  public String toString() {
    return device.id() + " (" + device.name() + "), " + shape;
  }
}
