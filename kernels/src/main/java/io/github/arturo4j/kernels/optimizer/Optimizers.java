// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.ServiceLoader;

/** The optimizers by name: those of this library, and those of others on the class path, see {@link OptimizerConfig}. */
public final class Optimizers {
  private static final SequencedMap<String, OptimizerConfig> DEFAULTS = load();

  private Optimizers() {}

  private static SequencedMap<String, OptimizerConfig> load() {
    SequencedMap<String, OptimizerConfig> found = new LinkedHashMap<>();
    for (OptimizerConfig config : ServiceLoader.load(OptimizerConfig.class, Optimizers.class.getClassLoader())) {
      OptimizerConfig other = found.putIfAbsent(config.name(), config);
      if (other != null) {
        throw new IllegalStateException(
            "two optimizers have the name '" + config.name() + "': " + other.getClass() + " and " + config.getClass());
      }
    }
    return found;
  }

  /** The names there are. */
  public static List<String> names() {
    return List.copyOf(DEFAULTS.keySet());
  }

  /** Every optimizer, with its default values. */
  public static List<OptimizerConfig> all() {
    return List.copyOf(DEFAULTS.values());
  }

  /**
   * An optimizer's default values.
   *
   * @throws IllegalArgumentException if there is none of that name; one line with those that there are
   */
  public static OptimizerConfig defaults(String name) {
    OptimizerConfig found = DEFAULTS.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no optimizer is '" + name + "'; there are: " + String.join(", ", names()));
    }
    return found;
  }
}
