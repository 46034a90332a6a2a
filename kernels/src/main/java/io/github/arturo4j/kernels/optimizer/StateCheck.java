// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** What the arrays of an optimizer's state may hold; each throws one line that names the array. */
public final class StateCheck {
  /** Throws unless the values of an array are what they may be. */
  private interface Rule {
    public void check(String name, float[] values);
  }

  private final SequencedMap<String, Rule> rules = new LinkedHashMap<>();

  /** As many values, of whatever kind. */
  public StateCheck any(String name, int size) {
    rules.put(
        name,
        (array, values) -> {
          if (values.length != size) {
            throw new IllegalArgumentException(
                "the optimizer's " + array + " has " + size + " values, not " + values.length);
          }
        });
    return this;
  }

  /** As many numbers, none of them NaN. */
  public StateCheck numbers(String name, int size) {
    return range(name, size, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
  }

  /** As many numbers from 0 on. */
  public StateCheck notNegative(String name, int size) {
    return range(name, size, 0, Float.POSITIVE_INFINITY);
  }

  /** As many numbers in a range. */
  public StateCheck range(String name, int size, float min, float max) {
    any(name, size);
    Rule length = rules.get(name);
    rules.put(
        name,
        (array, values) -> {
          length.check(array, values);
          for (int i = 0; i < size; i++) {
            inRange(array, values, i, min, max);
          }
        });
    return this;
  }

  /** Throws unless a value of an array is in a range. */
  public static void inRange(String array, float[] values, int i, float min, float max) {
    if (!(values[i] >= min && values[i] <= max)) {
      throw new IllegalArgumentException(
          "the optimizer's " + array + " is " + values[i] + " at index " + i + "; it must be from " + min + " to "
              + max);
    }
  }

  /** Throws unless a state has these arrays and no others, with such values. */
  public void check(Map<String, float[]> state) {
    if (!state.keySet().equals(rules.keySet())) {
      throw new IllegalArgumentException("the optimizer's state is " + rules.keySet() + ", not " + state.keySet());
    }
    rules.forEach((name, rule) -> rule.check(name, state.get(name)));
  }
}
