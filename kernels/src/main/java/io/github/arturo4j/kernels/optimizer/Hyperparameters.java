// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The values of a record by name, such as an {@link OptimizerConfig}, which describes them with {@link Hyperparameter}.
 */
public final class Hyperparameters {
  private Hyperparameters() {}

  /**
   * One value.
   *
   * @param name as in an experiment file
   * @param description what it does, in one line
   * @param range what it may be, in words
   * @param value what it is
   */
  public record Info(String name, String description, String range, Object value) {}

  /** What the values of a record are, in their order. */
  public static List<Info> describe(Object values) {
    return Arrays.stream(values.getClass().getRecordComponents())
        .map(
            component -> {
              Hyperparameter told = component.getAnnotation(Hyperparameter.class);
              String range = component.getType().isEnum() ? choices(component) : told.range().words();
              return new Info(component.getName(), told.value(), range, get(values, component));
            })
        .toList();
  }

  /**
   * Checks values before they become a record.
   *
   * @param type the record
   * @param values of its components, in their order; null for a number that may be left out, and is
   * @throws IllegalArgumentException if one is missing or out of its range; one line that begins with its name
   */
  public static void check(Class<? extends Record> type, Object... values) {
    RecordComponent[] components = type.getRecordComponents();
    for (int i = 0; i < components.length; i++) {
      String name = components[i].getName();
      if (values[i] == null && components[i].getType().isEnum()) {
        throw new IllegalArgumentException(name + " is missing; it must be " + choices(components[i]));
      }
      if (values[i] instanceof Number number) {
        components[i].getAnnotation(Hyperparameter.class).range().check(name, number.doubleValue());
      }
    }
  }

  private static String choices(RecordComponent component) {
    return Arrays.stream(component.getType().getEnumConstants()).map(Object::toString).collect(Collectors.joining(" or "));
  }

  /** A value by its name. */
  public static Object get(OptimizerConfig config, String name) {
    return get(config, component(config, name));
  }

  private static RecordComponent component(OptimizerConfig config, String name) {
    return Arrays.stream(config.getClass().getRecordComponents())
        .filter(component -> component.getName().equals(name))
        .findAny()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    config.name() + " has no hyperparameter '" + name + "'; there are: "
                        + String.join(", ", describe(config).stream().map(Info::name).toList())));
  }

  private static Object get(Object values, RecordComponent component) {
    try {
      return component.getAccessor().invoke(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A value as a configuration has it, from a number, or from the name of a choice.
   *
   * @throws IllegalArgumentException if there is no such hyperparameter, or it cannot have that value; one line
   */
  public static Object convert(OptimizerConfig config, String name, Object value) {
    RecordComponent component = component(config, name);
    Class<?> type = component.getType();
    if (type.isEnum()) {
      return Arrays.stream(type.getEnumConstants())
          .filter(constant -> constant.toString().equalsIgnoreCase(String.valueOf(value)))
          .findAny()
          .orElseThrow(
              () -> new IllegalArgumentException(name + " is " + value + "; it must be " + choices(component)));
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new IllegalArgumentException(name + " is '" + value + "'; it must be a number");
  }

  /**
   * The same configuration with another value.
   *
   * @throws IllegalArgumentException if there is no such value, or it is out of its range; one line
   */
  public static OptimizerConfig with(OptimizerConfig config, String name, Object value) {
    RecordComponent changed = component(config, name);
    RecordComponent[] components = config.getClass().getRecordComponents();
    Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components)
            .map(component -> component.getName().equals(changed.getName()) ? value : get(config, component))
            .toArray();
    try {
      return config.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException outOfRange) {
        throw outOfRange;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
