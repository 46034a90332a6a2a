// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import io.github.arturo4j.kernels.registry.Registry;
import java.util.List;
import java.util.ServiceLoader;

/** The losses by name: those of this library, and those of others on the class path, see {@link Loss}. */
public final class Losses {
  private static final Registry<Loss> REGISTRY =
      new Registry<>(ServiceLoader.load(Loss.class, Losses.class.getClassLoader()), Loss::name, "losses");

  private Losses() {}

  /** The names there are. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** Every loss, with its default values. */
  public static List<Loss> all() {
    return REGISTRY.all();
  }

  /**
   * A loss with its default values.
   *
   * @throws IllegalArgumentException if there is none of that name; one line with those that there are
   */
  public static Loss defaults(String name) {
    return REGISTRY.get(name, "loss");
  }
}
