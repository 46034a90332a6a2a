// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.registry;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.ServiceLoader;
import java.util.function.Function;

/**
 * Services by their names, in the order of the lines of {@code META-INF/services}.
 *
 * @param <T> what they are
 */
public final class Registry<T> {
  private final SequencedMap<String, T> services = new LinkedHashMap<>();

  /**
   * Loads them.
   *
   * @param what several of them are, for messages
   * @throws IllegalStateException if two have one name
   */
  public Registry(ServiceLoader<T> loader, Function<T, String> name, String what) {
    for (T service : loader) {
      T other = services.putIfAbsent(name.apply(service), service);
      if (other != null) {
        throw new IllegalStateException(
            "two " + what + " have the name '" + name.apply(service) + "': " + other.getClass() + " and "
                + service.getClass());
      }
    }
  }

  /** The names there are. */
  public List<String> names() {
    return List.copyOf(services.keySet());
  }

  /** All of them. */
  public List<T> all() {
    return List.copyOf(services.values());
  }

  /** The one of a name; nothing if there is none. */
  public Optional<T> find(String name) {
    return Optional.ofNullable(services.get(name));
  }

  /**
   * The one of a name.
   *
   * @param what one of them is, for the message
   * @throws IllegalArgumentException if there is none; one line with those that there are
   */
  public T get(String name, String what) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no " + what + " is '" + name + "'; there are: " + String.join(", ", names())));
  }
}
