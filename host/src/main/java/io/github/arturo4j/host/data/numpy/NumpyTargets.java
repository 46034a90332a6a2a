// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.kernels.loss.Targets;

/** What an array is as targets. */
final class NumpyTargets {
  /** A label beyond it is no number of a class. */
  private static final int MAX_CLASSES = 1 << 20;

  private NumpyTargets() {}

  /**
   * One integer for each example is its class, all else values.
   *
   * @param classes how many there are at least; or exactly, if {@code known}
   */
  static Targets of(NpyArray array, int classes, boolean known) {
    if (array.rank() == 0 || array.size() == 0) {
      throw new DataException(
          array.name() + " is of shape " + array.shapeText() + ", with no targets; the first size is the number of examples");
    }
    int width = array.size() / array.count();
    if (array.isWhole() && width == 1) {
      return classes(array, classes, known);
    }
    float[] values = array.floats();
    NumpyFeatures.checkFinite(array, values);
    return Targets.values(values, width);
  }

  private static Targets classes(NpyArray array, int classes, boolean known) {
    int[] labels = new int[array.count()];
    int min = Integer.MAX_VALUE;
    int max = 0;
    for (int i = 0; i < labels.length; i++) {
      long label = array.whole(i);
      if (label < 0 || label >= MAX_CLASSES) {
        throw new DataException(
            "%s has label %d at example %,d; classes are counted from 0, and values to predict are floats: in NumPy .astype('float32')"
                .formatted(array.name(), label, i));
      }
      labels[i] = (int) label;
      min = Math.min(min, labels[i]);
      max = Math.max(max, labels[i]);
    }
    if (known && max >= classes) {
      throw new DataException(
          "%s has label %d, but the labels to train on are 0 to %d; correct it, or train on examples of that class, too"
              .formatted(array.name(), max, classes - 1));
    }
    if (!known && min > 0) {
      throw new DataException(
          "the labels of %s begin at %d, but classes are counted from 0; subtract %d from each label, those to test with, too"
              .formatted(array.name(), min, min));
    }
    if (!known && max == 0) {
      throw new DataException(array.name() + " has label 0 only; training needs examples of two classes or more, counted from 0");
    }
    return Targets.classes(labels, known ? classes : max + 1);
  }
}
