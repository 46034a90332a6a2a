// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Where the optimizers are tested: on every device of this process, in every shape. */
public record Place(Devices.Entry entry, KernelShape shape) {
  public static List<Place> all() {
    return Arrays.stream(KernelShape.values()).flatMap(shape -> in(shape).stream()).toList();
  }

  public static List<Place> in(KernelShape shape) {
    return Devices.list().stream().map(entry -> new Place(entry, shape)).toList();
  }

  public TornadoDevice device() {
    return entry.device();
  }

  @Override
  public String toString() {
    return entry.id() + " (" + entry.name() + "), " + shape;
  }
}
