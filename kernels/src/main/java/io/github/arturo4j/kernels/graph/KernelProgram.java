// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.KernelShape;
import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * Sections of a computation on one device, each a {@link KernelGraph} of its own that is executed as often as wanted: the
 * gradients of several micro-batches, then one update. They share their arrays, which stay on the device.
 *
 * <p>Their order is that of their first execution. From then on, a section may follow itself, the one before it, and any
 * behind it.
 */
public final class KernelProgram {
  private final TornadoDevice device;
  private final DeviceTraits traits;
  private final KernelShape shape;
  private final List<KernelGraph> sections = new ArrayList<>();

  /** A program whose kernels are chosen for {@code device}. */
  public KernelProgram(TornadoDevice device) {
    this(device, DeviceTraits.of(device).shape());
  }

  /** A program whose kernels have a shape that may be another device's, to see how those are, or to test them. */
  public KernelProgram(TornadoDevice device, KernelShape shape) {
    this.device = device;
    traits = DeviceTraits.of(device);
    this.shape = shape;
  }

  /**
   * Adds a section behind those that there are.
   *
   * @param name that no other section has
   */
  public KernelGraph section(String name) {
    if (sections.stream().anyMatch(section -> section.name().equals(name))) {
      throw new IllegalArgumentException("there is a section '" + name + "' already");
    }
    KernelGraph section = new KernelGraph(this, name);
    sections.add(section);
    return section;
  }

  /** The device that it will run on. */
  public TornadoDevice device() {
    return device;
  }

  /** What of the device decides how graphs run on it. */
  DeviceTraits traits() {
    return traits;
  }

  /** The shape of the kernels. */
  public KernelShape shape() {
    return shape;
  }

  /** The sections in their order. */
  List<KernelGraph> sections() {
    return sections;
  }

  /** A plan that executes the sections. */
  public GraphPlan plan() {
    return new GraphPlan(this, traits.tasksPerGraph());
  }
}
