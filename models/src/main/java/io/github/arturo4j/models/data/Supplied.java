// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.models.layer.Shape;
import java.util.function.IntFunction;

/**
 * Examples that a function makes.
 *
 * @param <A> an array of floats or bytes, as the type says
 */
record Supplied<A>(int count, Shape shape, Class<? extends Features> type, IntFunction<A> example) implements FeatureSource {
  @Override
  public Features read(int... indices) {
    int size = shape.size();
    if (type == Features.Bytes.class) {
      byte[] bytes = new byte[Math.multiplyExact(indices.length, size)];
      for (int i = 0; i < indices.length; i++) {
        byte[] made = (byte[]) example.apply(indices[i]);
        check(made.length, indices[i]);
        System.arraycopy(made, 0, bytes, i * size, size);
      }
      return new Features.Bytes(bytes, indices.length, shape);
    }
    float[] floats = new float[Math.multiplyExact(indices.length, size)];
    for (int i = 0; i < indices.length; i++) {
      float[] made = (float[]) example.apply(indices[i]);
      check(made.length, indices[i]);
      System.arraycopy(made, 0, floats, i * size, size);
    }
    return new Features.Floats(floats, indices.length, shape);
  }

  private void check(int length, int index) {
    if (length != shape.size()) {
      throw new IllegalArgumentException(
          "example %d was made with %d values; %s has %d".formatted(index, length, shape, shape.size()));
    }
  }
}
