// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.registry.Registry;
import java.util.List;
import java.util.ServiceLoader;

/** The optimizers by name: those of this library, and those of others on the class path, see {@link OptimizerConfig}. */
public final class Optimizers {
  private static final Registry<OptimizerConfig> REGISTRY =
      new Registry<>(
          ServiceLoader.load(OptimizerConfig.class, Optimizers.class.getClassLoader()), OptimizerConfig::name,
          "optimizers");

  private Optimizers() {}

  /** The names there are. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** Every optimizer, with its default values. */
  public static List<OptimizerConfig> all() {
    return REGISTRY.all();
  }

  /**
   * An optimizer's default values.
   *
   * @throws IllegalArgumentException if there is none of that name; one line with those that there are
   */
  public static OptimizerConfig defaults(String name) {
    return REGISTRY.get(name, "optimizer");
  }
}
