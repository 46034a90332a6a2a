// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import java.lang.reflect.RecordComponent;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The first value in which two experiments differ.
 *
 * @param key its name, as in a file
 * @param there its value in the first
 * @param here its value in the second
 */
public record Difference(String key, String there, String here) {
  /**
   * Compares value by value, numbers as numbers.
   *
   * @param ignored keys whose values do not count
   * @return the first difference; nothing if there is none
   */
  public static Optional<Difference> between(Experiment there, Experiment here, Set<String> ignored) {
    return between("experiment", there, here, ignored);
  }

  /** The difference of two values with a name; nothing if they are equal. */
  public static Optional<Difference> ofValues(String key, Object there, Object here) {
    return between(key, there, here, Set.of());
  }

  private static Optional<Difference> between(String key, Object there, Object here, Set<String> ignored) {
    if (ignored.contains(key) || Objects.equals(there, here)) {
      return Optional.empty();
    }
    if (there == null || here == null || !there.getClass().isRecord() || there.getClass() != here.getClass()) {
      return Optional.of(new Difference(key, text(there), text(here)));
    }
    for (RecordComponent component : there.getClass().getRecordComponents()) {
      Optional<Difference> found =
          between(component.getName(), value(component, there), value(component, here), ignored);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  static Object value(RecordComponent component, Object record) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e); // the records of an experiment are public
    }
  }

  private static String text(Object value) {
    return switch (value) {
      case null -> "none";
      case OptimizerConfig optimizer -> optimizer.name();
      case Loss loss -> loss.name();
      case Schedule schedule -> schedule.label();
      default -> value.toString();
    };
  }

  /** Such as "'seed: 42' there, 'seed: 43' here". */
  @Override
  public String toString() {
    return "'" + key + ": " + there + "' there, '" + key + ": " + here + "' here";
  }
}
