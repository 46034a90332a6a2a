// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Room for features on the device, one example behind the other.
 *
 * @param shape of an example
 * @param bytes features that are bytes; null if they are not
 * @param floats features that are floats or tokens; null if they are bytes
 */
record FeatureArrays(Shape shape, ByteArray bytes, FloatArray floats) {
  /** Bytes that one array has at most. */
  private static final int MAX_BYTES = Integer.MAX_VALUE - Long.BYTES;

  /**
   * Room for some examples.
   *
   * @param kind of features
   * @throws IllegalArgumentException if it is more than 2 GiB; one line
   */
  static FeatureArrays of(Class<? extends Features> kind, Shape shape, int count) {
    boolean ofBytes = kind == Features.Bytes.class;
    int size = size("features", count, (long) count * shape.size(), bytesOfOne(kind));
    return new FeatureArrays(shape, ofBytes ? new ByteArray(size) : null, ofBytes ? null : new FloatArray(size));
  }

  private static int bytesOfOne(Class<? extends Features> kind) {
    return kind == Features.Bytes.class ? Byte.BYTES : Float.BYTES;
  }

  /** Whether so many fit into one array. */
  static boolean fits(Class<? extends Features> kind, Shape shape, int count) {
    return (long) count * shape.size() * bytesOfOne(kind) <= MAX_BYTES;
  }

  /** The number of elements of an array, of so many bytes each, of which there have to be fewer than 2 GiB. */
  static int size(String what, int count, long elements, int bytesOfOne) {
    long size = elements * bytesOfOne;
    if (size > MAX_BYTES) {
      throw new IllegalArgumentException(
          "%s of %,d examples are %,d bytes; a device array takes 2 GiB at most: use fewer".formatted(what, count, size));
    }
    return (int) elements;
  }

  /** The array that there is. */
  Object array() {
    return bytes == null ? floats : bytes;
  }

  /** Copies {@code count} examples in memory, from {@code first} on, to where example {@code to} is. */
  void copy(Features from, int first, int count, int to) {
    int begin = first * shape.size();
    int at = to * shape.size();
    int size = count * shape.size();
    switch (from) {
      case Features.Bytes of -> {
        for (int i = 0; i < size; i++) {
          bytes.set(at + i, of.values()[begin + i]);
        }
      }
      case Features.Floats of -> {
        for (int i = 0; i < size; i++) {
          floats.set(at + i, of.values()[begin + i]);
        }
      }
      case Features.Tokens of -> {
        for (int i = 0; i < size; i++) {
          floats.set(at + i, of.values()[begin + i]);
        }
      }
      case Features.Streamed _ -> throw new IllegalArgumentException("streamed examples are read before they are copied");
    }
  }
}
