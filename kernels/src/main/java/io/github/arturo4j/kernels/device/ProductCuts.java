// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.device;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The cuts that were measured to be the fastest for products of a device. The parts of a sum decide its rounding, so a training that
 * is gone on with takes the cuts that it began with.
 *
 * @param cuts by the product's key; what is not there is cut by rule
 */
public record ProductCuts(SortedMap<String, Cut> cuts) {
  /** None: all are cut by rule. */
  public static final ProductCuts NONE = new ProductCuts(Collections.emptySortedMap());

  private static final String BETWEEN = "; ";
  private static final String IS = "=";

  /** Copies them. */
  public ProductCuts {
    cuts = Collections.unmodifiableSortedMap(new TreeMap<>(cuts));
  }

  /** Those of a map. */
  public static ProductCuts of(Map<String, Cut> cuts) {
    return new ProductCuts(new TreeMap<>(cuts));
  }

  /** That of the product with this key. */
  public Optional<Cut> find(String key) {
    return Optional.ofNullable(cuts.get(key));
  }

  /** These and others, which take the place of those of the same products. */
  public ProductCuts plus(ProductCuts others) {
    Map<String, Cut> all = new TreeMap<>(cuts);
    all.putAll(others.cuts);
    return of(all);
  }

  /**
   * Those that {@link #toString} tells.
   *
   * @throws IllegalArgumentException if it is not of that form
   */
  public static ProductCuts parse(String text) {
    if (text.isEmpty()) {
      return NONE;
    }
    return of(
        Arrays.stream(text.split(BETWEEN, -1))
            .map(each -> each.split(IS, -1))
            .collect(Collectors.toMap(pair -> pair[0], ProductCuts::cut, (a, b) -> b)));
  }

  private static Cut cut(String[] pair) {
    if (pair.length != 2) {
      throw new IllegalArgumentException("'" + String.join(IS, pair) + "' is not a product's key, '=' and a cut");
    }
    return Cut.parse(pair[1]);
  }

  /** One line; empty for none. */
  @Override
  public String toString() {
    return cuts.entrySet().stream().map(e -> e.getKey() + IS + e.getValue()).collect(Collectors.joining(BETWEEN));
  }
}
