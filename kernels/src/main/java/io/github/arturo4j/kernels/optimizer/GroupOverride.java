// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is different for some of a model's parameters: as a group of their own, they have values of their own in the
 * optimizer's configuration, such as a {@code klBound}, a {@code learningRate} or a {@code weightDecay}, or stay as they
 * are. PyTorch's convention that normalisations and biases do not decay is two of them, for {@code norms} and {@code
 * biases}, with {@code weightDecay} 0.
 *
 * @param parameters which, see {@link ParameterPattern}
 * @param frozen whether they stay as they are
 * @param values by the names of hyperparameters; those that are not here are as for all
 */
public record GroupOverride(String parameters, boolean frozen, Map<String, Object> values) {
  /** The name of the group that has what no other has. */
  public static final String REST = "rest";

  private static final Pattern NUMBER = Pattern.compile("[-+.0-9eE]+");

  /** Checks the pattern, and that frozen parameters have no values. */
  public GroupOverride {
    ParameterPattern.of(parameters);
    values = values == null ? Map.of() : numbers(values);
    if (frozen != values.isEmpty()) {
      throw new IllegalArgumentException(
          "group '" + parameters + "' "
              + (frozen
                  ? "is frozen and has values " + values.keySet() + "; give one or the other"
                  : "is as all others; give it a value of its own, or freeze it"));
    }
  }

  /** Numbers as doubles, however they are given, in the order of their names. */
  private static Map<String, Object> numbers(Map<String, Object> values) {
    Map<String, Object> numbers = new TreeMap<>();
    values.forEach((name, value) -> numbers.put(name, number(value)));
    return Collections.unmodifiableMap(numbers);
  }

  private static Object number(Object value) {
    String text = String.valueOf(value);
    try {
      return NUMBER.matcher(text).matches() ? Double.valueOf(text) : text;
    } catch (NumberFormatException e) {
      return text; // whoever takes it says what it must be
    }
  }

  /** Parameters that stay as they are. */
  public static GroupOverride frozen(String parameters) {
    return new GroupOverride(parameters, true, null);
  }

  /** Parameters with values of their own. */
  public static GroupOverride of(String parameters, Map<String, Object> values) {
    return new GroupOverride(parameters, false, values);
  }

  /**
   * The configuration of the group's optimizer.
   *
   * @throws IllegalArgumentException if there is no such value, or it is out of its range; one line
   */
  public OptimizerConfig configure(OptimizerConfig all) {
    OptimizerConfig own = all;
    for (Map.Entry<String, Object> value : values.entrySet()) {
      try {
        own = Hyperparameters.with(own, value.getKey(), Hyperparameters.convert(own, value.getKey(), value.getValue()));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("group '" + parameters + "': " + e.getMessage(), e);
      }
    }
    return own;
  }

  /**
   * A new optimizer of a model's parameters: without overrides, the configuration's own.
   *
   * @param overrides of which a tensor takes the first that it matches
   * @throws IllegalArgumentException if one has no tensor, or all are frozen; one line
   */
  public static Optimizer optimizer(
      OptimizerConfig all, List<GroupOverride> overrides, List<ParameterSlice> slices) {
    if (overrides.isEmpty()) {
      return all.create();
    }
    Map<GroupOverride, List<ParameterSlice>> taken = new LinkedHashMap<>();
    Map<GroupOverride, ParameterPattern> patterns = new LinkedHashMap<>();
    for (GroupOverride override : overrides) {
      taken.put(override, new ArrayList<>());
      patterns.put(override, ParameterPattern.of(override.parameters));
    }
    List<ParameterSlice> rest = new ArrayList<>();
    for (ParameterSlice slice : slices) {
      overrides.stream()
          .filter(override -> patterns.get(override).test(slice))
          .findFirst()
          .map(taken::get)
          .orElse(rest)
          .add(slice);
    }
    List<ParameterGroup> groups = new ArrayList<>();
    taken.forEach((override, own) -> groups.add(override.group(all, own, slices)));
    if (!rest.isEmpty()) {
      groups.add(new ParameterGroup(REST, rest, all.create(), 1));
    }
    if (groups.stream().allMatch(ParameterGroup::frozen)) {
      throw new IllegalArgumentException("all parameters are frozen; there is nothing to train");
    }
    return new GroupedOptimizer(all.name(), groups);
  }

  private ParameterGroup group(OptimizerConfig all, List<ParameterSlice> own, List<ParameterSlice> slices) {
    if (own.isEmpty()) {
      throw new IllegalArgumentException(
          "group '" + parameters + "' has no parameters that no group before it has; there are: "
              + String.join(", ", slices.stream().map(ParameterSlice::name).toList()));
    }
    OptimizerConfig config = configure(all);
    return new ParameterGroup(
        parameters, own, frozen ? null : config.create(), config.initialRate() / all.initialRate());
  }
}
