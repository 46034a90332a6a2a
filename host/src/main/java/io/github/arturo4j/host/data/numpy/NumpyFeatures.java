// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** What an array is as features. */
final class NumpyFeatures {
  private static final int IMAGES = 4;

  private NumpyFeatures() {}

  /** Unsigned bytes as bytes, all others as floats, of which each must be finite. */
  static Features of(NpyArray array) {
    checkExamples(array.name(), array.shape());
    return of(array, IntUnaryOperator.identity());
  }

  /**
   * The same of some examples.
   *
   * @param numbers of the examples, by their indices, for messages
   */
  static Features of(NpyArray array, IntUnaryOperator numbers) {
    boolean last = isChannelsLast(array.shape());
    Shape shape = shape(array.shape(), array.isBytes());
    if (array.isBytes()) {
      byte[] values = last ? new byte[array.size()] : array.bytes();
      for (int i = 0; last && i < values.length; i++) {
        values[channelsFirst(i, shape)] = array.bytes()[i];
      }
      return new Features.Bytes(values, array.count(), shape);
    }
    float[] read = array.floats();
    checkFinite(array, read, numbers);
    float[] values = last ? new float[read.length] : read;
    for (int i = 0; last && i < values.length; i++) {
      values[channelsFirst(i, shape)] = read[i];
    }
    return new Features.Floats(values, array.count(), shape);
  }

  private static boolean isChannels(int size) {
    return size == 1 || size == 3 || size == 4;
  }

  private static boolean isChannelsLast(int[] sizes) {
    return sizes.length == IMAGES && isChannels(sizes[3]);
  }

  /** Shape of an example of an array of these sizes. */
  static Shape shape(int[] sizes, boolean ofBytes) {
    if (isChannelsLast(sizes)) {
      return new Shape(sizes[3], sizes[1], sizes[2]);
    }
    if (ofBytes && sizes.length == IMAGES - 1) {
      return new Shape(1, sizes[1], sizes[2]);
    }
    return sizes.length == 1 ? new Shape(1) : new Shape(Arrays.copyOfRange(sizes, 1, sizes.length));
  }

  /** Where a value goes that is at an index of [n, height, width, channels]. */
  private static int channelsFirst(int index, Shape shape) {
    int channels = shape.channels();
    int pixel = index / channels;
    return (pixel / shape.pixels() * channels + index % channels) * shape.pixels() + pixel % shape.pixels();
  }

  /** Throws if an array of a shape has no examples. */
  static void checkExamples(String name, int[] shape) {
    if (shape.length == 0 || Arrays.stream(shape).anyMatch(size -> size == 0)) {
      throw new DataException(
          name + " is of shape " + NpyHeader.shapeText(shape) + ", with no examples; the first size is their number");
    }
  }

  /**
   * Throws if a value is not finite: no network learns from it.
   *
   * @param numbers of the examples, by their indices, for messages
   */
  static void checkFinite(NpyArray array, float[] values, IntUnaryOperator numbers) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new DataException(
            "%s has %s in example %,d; replace it, in NumPy with np.nan_to_num, or take the example away"
                .formatted(array.name(), values[i], numbers.applyAsInt(i / (values.length / array.count()))));
      }
    }
  }
}
