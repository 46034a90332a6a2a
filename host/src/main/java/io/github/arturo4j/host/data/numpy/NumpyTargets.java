// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.kernels.loss.Targets;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/** What an array is as targets. */
final class NumpyTargets {
  /** A label beyond it is no number of a class. */
  private static final int MAX_CLASSES = 1 << 20;

  private NumpyTargets() {}

  /** Those to train on: one integer for each example is its class, of as many as there are; all else are values. */
  static Targets ofTraining(NpyArray array) {
    checkSize(array);
    if (!areClasses(array)) {
      return values(array);
    }
    int[] labels = labels(array);
    int min = Arrays.stream(labels).min().orElseThrow();
    int max = Arrays.stream(labels).max().orElseThrow();
    if (min > 0) {
      throw new DataException(
          "the labels of %s begin at %d, but classes are counted from 0; subtract %d from each label, those to test with, too"
              .formatted(array.name(), min, min));
    }
    if (max == 0) {
      throw new DataException(array.name() + " has label 0 only; training needs examples of two classes or more, counted from 0");
    }
    return Targets.classes(labels, max + 1);
  }

  /** Those to test a network with that knows some classes, or if there are none, predicts values. */
  static Targets of(NpyArray array, int classes) {
    checkSize(array);
    if (classes == 0) {
      return values(array);
    }
    if (!areClasses(array)) {
      throw new DataException(
          array.name() + " is no integer for each example, but of shape " + array.shapeText() + (array.isWhole() ? "" : ", of floats")
              + ", and those to train on are classes; make them alike");
    }
    int[] labels = labels(array);
    int max = Arrays.stream(labels).max().orElseThrow();
    if (max >= classes) {
      throw new DataException(
          "%s has label %d, but the labels to train on are 0 to %d; correct it, or train on examples of that class, too"
              .formatted(array.name(), max, classes - 1));
    }
    return Targets.classes(labels, classes);
  }

  private static void checkSize(NpyArray array) {
    if (array.rank() == 0 || array.size() == 0) {
      throw new DataException(
          array.name() + " is of shape " + array.shapeText() + ", with no targets; the first size is the number of examples");
    }
  }

  private static boolean areClasses(NpyArray array) {
    return array.isWhole() && array.size() == array.count();
  }

  private static Targets values(NpyArray array) {
    float[] values = array.floats();
    NumpyFeatures.checkFinite(array, values, IntUnaryOperator.identity());
    return Targets.values(values, array.size() / array.count());
  }

  private static int[] labels(NpyArray array) {
    int[] labels = new int[array.count()];
    for (int i = 0; i < labels.length; i++) {
      long label = array.whole(i);
      if (label < 0 || label >= MAX_CLASSES) {
        throw new DataException(
            "%s has label %d at example %,d; classes are counted from 0, and values to predict are floats: in NumPy .astype('float32')"
                .formatted(array.name(), label, i));
      }
      labels[i] = (int) label;
    }
    return labels;
  }
}
