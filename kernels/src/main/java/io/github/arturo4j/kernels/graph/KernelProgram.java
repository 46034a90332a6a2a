// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import io.github.arturo4j.kernels.device.DeviceTraits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private final List<KernelGraph> sections = new ArrayList<>();
  private final Map<String, Scratch> scratch = new HashMap<>();

  /** A program whose kernels are chosen for {@code device}. */
  public KernelProgram(TornadoDevice device) {
    this(device, DeviceTraits.of(device));
  }

  /**
   * A program on {@code device}.
   *
   * @param traits what its kernels are chosen for: those of the device, or with something of another
   */
  public KernelProgram(TornadoDevice device, DeviceTraits traits) {
    this.device = device;
    this.traits = traits;
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

  /** What kernels and graphs are chosen for. */
  public DeviceTraits traits() {
    return traits;
  }

  /**
   * The scratch array that all tasks share which name it so.
   *
   * @param size values that a task wants of it at least
   */
  public Scratch scratch(String name, int size) {
    return scratch.computeIfAbsent(name, n -> new Scratch()).ofSize(size);
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
