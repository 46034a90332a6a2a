// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.schedule;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.ServiceLoader;

/** The schedules by name: those of this library, and those of others on the class path, see {@link Schedule}. */
public final class Schedules {
  private static final SequencedMap<String, Schedule> DEFAULTS = load();

  private Schedules() {}

  private static SequencedMap<String, Schedule> load() {
    SequencedMap<String, Schedule> found = new LinkedHashMap<>();
    for (Schedule schedule : ServiceLoader.load(Schedule.class, Schedules.class.getClassLoader())) {
      Schedule other = found.putIfAbsent(schedule.name(), schedule);
      if (other != null) {
        throw new IllegalStateException(
            "two schedules have the name '" + schedule.name() + "': " + other.getClass() + " and " + schedule.getClass());
      }
    }
    return found;
  }

  /** The names there are. */
  public static List<String> names() {
    return List.copyOf(DEFAULTS.keySet());
  }

  /** Every schedule, with its default values. */
  public static List<Schedule> all() {
    return List.copyOf(DEFAULTS.values());
  }

  /** A schedule with its default values; nothing if there is none of that name. */
  public static Optional<Schedule> defaults(String name) {
    return Optional.ofNullable(DEFAULTS.get(name));
  }
}
