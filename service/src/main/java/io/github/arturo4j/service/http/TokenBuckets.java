// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A token bucket for each key: so many at once, and so many a second thereafter. Of the keys, those used last are kept.
 *
 * @param <K> what has a bucket
 */
final class TokenBuckets<K> {
  private static final int KEYS = 10_000;
  private static final double NANOS = 1e9;

  private final double capacity;
  private final double perSecond;
  private final LongSupplier nanos;
  private final Map<K, Level> levels =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Level> eldest) {
          return size() > KEYS;
        }
      };

  private record Level(double tokens, long at) {}

  /**
   * Full ones.
   *
   * @param nanos the time, as {@link System#nanoTime} gives it
   */
  TokenBuckets(double capacity, double perSecond, LongSupplier nanos) {
    this.capacity = capacity;
    this.perSecond = perSecond;
    this.nanos = nanos;
  }

  /** Takes one, if there is one; else the seconds until there will be. */
  synchronized double take(K key) {
    double tokens = tokens(key);
    boolean enough = tokens >= 1;
    levels.put(key, new Level(enough ? tokens - 1 : tokens, nanos.getAsLong()));
    return enough ? 0 : (1 - tokens) / perSecond;
  }

  /** 0 if there is one; else the seconds until there will be. */
  synchronized double wait(K key) {
    return Math.max(0, (1 - tokens(key)) / perSecond);
  }

  private double tokens(K key) {
    Level level = levels.get(key);
    return level == null ? capacity : Math.min(capacity, level.tokens() + (nanos.getAsLong() - level.at()) / NANOS * perSecond);
  }
}
