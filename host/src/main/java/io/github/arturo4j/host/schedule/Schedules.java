// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.schedule;

import io.github.arturo4j.kernels.registry.Registry;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The schedules by name: those of this library, and those of others on the class path, see {@link Schedule}. */
public final class Schedules {
  private static final Registry<Schedule> REGISTRY =
      new Registry<>(ServiceLoader.load(Schedule.class, Schedules.class.getClassLoader()), Schedule::name, "schedules");

  private Schedules() {}

  /** The names there are. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** Every schedule, with its default values. */
  public static List<Schedule> all() {
    return REGISTRY.all();
  }

  /** A schedule with its default values; nothing if there is none of that name. */
  public static Optional<Schedule> defaults(String name) {
    return REGISTRY.find(name);
  }
}
