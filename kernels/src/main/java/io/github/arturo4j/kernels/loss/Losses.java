// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.ServiceLoader;

/** The losses by name: those of this library, and those of others on the class path, see {@link Loss}. */
public final class Losses {
  private static final SequencedMap<String, Loss> DEFAULTS = load();

  private Losses() {}

  private static SequencedMap<String, Loss> load() {
    SequencedMap<String, Loss> found = new LinkedHashMap<>();
    for (Loss loss : ServiceLoader.load(Loss.class, Losses.class.getClassLoader())) {
      Loss other = found.putIfAbsent(loss.name(), loss);
      if (other != null) {
        throw new IllegalStateException(
            "two losses have the name '" + loss.name() + "': " + other.getClass() + " and " + loss.getClass());
      }
    }
    return found;
  }

  /** The names there are. */
  public static List<String> names() {
    return List.copyOf(DEFAULTS.keySet());
  }

  /** Every loss, with its default values. */
  public static List<Loss> all() {
    return List.copyOf(DEFAULTS.values());
  }

  /**
   * A loss with its default values.
   *
   * @throws IllegalArgumentException if there is none of that name; one line with those that there are
   */
  public static Loss defaults(String name) {
    Loss found = DEFAULTS.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no loss is '" + name + "'; there are: " + String.join(", ", names()));
    }
    return found;
  }
}
