// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import io.github.arturo4j.models.layer.Shape;
import java.util.function.IntFunction;

/**
 * Features that are made as they are needed, an example at a time, because all of them do not fit memory: of files, of a
 * generator. A plan asks for those of the next batches while the device computes. Several threads ask at the same time.
 */
public interface FeatureSource {
  /** How many examples there are. */
  int count();

  /** Shape of an example. */
  Shape shape();

  /** What examples are made of: {@code Features.Bytes.class} or {@code Features.Floats.class}. */
  Class<? extends Features> type();

  /**
   * Makes examples, by their indices, in this order.
   *
   * @return features of this type and shape, as many as there are indices; of the same index always the same
   */
  Features read(int... indices);

  /**
   * Checksum of an example, see {@link Crc32c#of}; a source that knows it need not make the example for it. Several threads
   * ask.
   */
  default int crc32c(int index) {
    return Crc32c.of(read(index));
  }

  /**
   * Examples of floats.
   *
   * @param example makes one of the shape's size, of the same index always the same one; several threads call it
   */
  static FeatureSource ofFloats(int count, Shape shape, IntFunction<float[]> example) {
    return new Supplied<>(count, shape, Features.Floats.class, example);
  }

  /**
   * Examples of unsigned bytes.
   *
   * @param example makes one of the shape's size, of the same index always the same one; several threads call it
   */
  static FeatureSource ofBytes(int count, Shape shape, IntFunction<byte[]> example) {
    return new Supplied<>(count, shape, Features.Bytes.class, example);
  }
}
