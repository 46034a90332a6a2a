// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.models.layer.Shape;
import java.lang.reflect.Array;
import java.util.function.IntFunction;

/**
 * Examples that a function makes.
 *
 * @param <A> an array of floats or bytes, as the type says
 */
record Supplied<A>(int count, Shape shape, Class<? extends Features> type, IntFunction<A> example) implements FeatureSource {
  @Override
  public Features read(int... indices) {
    int values = Math.multiplyExact(indices.length, shape.size());
    return type == Features.Bytes.class
        ? new Features.Bytes(copy(new byte[values], indices), indices.length, shape)
        : new Features.Floats(copy(new float[values], indices), indices.length, shape);
  }

  /** Copies the examples of these indices into an array of the same type as they are. */
  private <T> T copy(T all, int[] indices) {
    int size = shape.size();
    for (int i = 0; i < indices.length; i++) {
      A made = example.apply(indices[i]);
      int length = Array.getLength(made);
      if (length != size) {
        throw new IllegalArgumentException(
            "example %d was made with %d values; %s has %d".formatted(indices[i], length, shape, size));
      }
      System.arraycopy(made, 0, all, i * size, size);
    }
    return all;
  }
}
