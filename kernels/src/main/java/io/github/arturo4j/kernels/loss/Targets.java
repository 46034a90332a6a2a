// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import java.util.Objects;

/** What the outputs of a network are to be like, one row an example. */
public sealed interface Targets {
  /** Examples. */
  int count();

  /**
   * Those of some examples, by their indices, in this order.
   *
   * @throws IndexOutOfBoundsException if there is no such example
   */
  Targets select(int... indices);

  /**
   * A class for each example, or one at each of its positions, such as the tokens that come next.
   *
   * @param labels [count, positions], from 0 and below {@code classes}, or {@link #IGNORED}
   * @param classes how many there are
   * @param positions labels of an example; 1 if it has one as a whole
   */
  record Classes(int[] labels, int classes, int positions) implements Targets {
    /** The label that counts for nothing, in the loss and in metrics, as where examples are padded: PyTorch's ignore_index. */
    public static final int IGNORED = -100;

    /** Checks every label. */
    public Classes {
      if (positions < 1 || labels.length % positions != 0) {
        throw new IllegalArgumentException("%d labels are not %d for each example".formatted(labels.length, positions));
      }
      for (int i = 0; i < labels.length; i++) {
        if (labels[i] != IGNORED && (labels[i] < 0 || labels[i] >= classes)) {
          String place = i / positions + (positions > 1 ? " at position " + i % positions : "");
          throw new IllegalArgumentException(
              (labels[i] < 0
                      ? "label %d of example %s is negative; classes are counted from 0"
                      : "label %d of example %s is not below %d classes")
                  .formatted(labels[i], place, classes));
        }
      }
    }

    /** A class for each example. */
    public Classes(int[] labels, int classes) {
      this(labels, classes, 1);
    }

    @Override
    public int count() {
      return labels.length / positions;
    }

    @Override
    public Targets select(int... indices) {
      int[] selected = new int[Math.multiplyExact(indices.length, positions)];
      for (int i = 0; i < indices.length; i++) {
        System.arraycopy(labels, Objects.checkIndex(indices[i], count()) * positions, selected, i * positions, positions);
      }
      return new Classes(selected, classes, positions);
    }

    @Override
    public String toString() {
      return classes + " classes" + (positions > 1 ? " at " + positions + " positions" : "");
    }
  }

  /**
   * Numbers for each example.
   *
   * @param values [count, width], in multiples of the unit
   * @param width how many an example has
   * @param unit what a difference of 1 is for people: the standard deviation of values that were standardised; positive, and 1
   *     where they are as they are. A network knows nothing of it, nor does its loss; metrics tell errors in what it is of
   */
  record Values(float[] values, int width, double unit) implements Targets {
    /** Checks that the sizes fit together. */
    public Values {
      if (width < 1 || values.length % width != 0) {
        throw new IllegalArgumentException("%d target values are not %d for each example".formatted(values.length, width));
      }
      if (!(unit > 0 && unit < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("the unit of target values is " + unit + "; it must be positive");
      }
    }

    /** Numbers as they are. */
    public Values(float[] values, int width) {
      this(values, width, 1);
    }

    @Override
    public int count() {
      return values.length / width;
    }

    @Override
    public Targets select(int... indices) {
      float[] selected = new float[Math.multiplyExact(indices.length, width)];
      for (int i = 0; i < indices.length; i++) {
        System.arraycopy(values, Objects.checkIndex(indices[i], count()) * width, selected, i * width, width);
      }
      return new Values(selected, width, unit);
    }

    /** The same in another unit, where a network puts out the same numbers. */
    public Values withUnit(double other) {
      return new Values(values, width, other);
    }

    /**
     * Checks that a network has an output for each.
     *
     * @param what compares the two, such as "the loss mse"
     * @throws IllegalArgumentException if not; one line
     */
    public void checkWidth(String what, int outputs) {
      if (width != outputs) {
        throw new IllegalArgumentException(
            what + " takes an output for each target value: there are " + outputs + " outputs and " + this
                + " an example");
      }
    }

    @Override
    public String toString() {
      return width + (width == 1 ? " value" : " values");
    }
  }

  /** A class for each example, see {@link Classes}. */
  static Targets classes(int[] labels, int classes) {
    return new Classes(labels, classes);
  }

  /** A class at each of {@code positions} positions of each example, see {@link Classes}. */
  static Targets classes(int[] labels, int classes, int positions) {
    return new Classes(labels, classes, positions);
  }

  /** {@code width} numbers for each example, see {@link Values}. */
  static Targets values(float[] values, int width) {
    return new Values(values, width);
  }

  /** Targets of an example that are compared with an output each, a class or a row of values; 1 but for classes at positions. */
  default int positions() {
    return 1;
  }

  /**
   * These as classes.
   *
   * @param what takes nothing else, such as "the loss cross_entropy"
   * @throws IllegalArgumentException if they are none; one line
   */
  default Classes asClasses(String what) {
    if (this instanceof Classes classes) {
      return classes;
    }
    throw new IllegalArgumentException(
        what + " takes a class for each example as target, not " + this + "; choose one that takes values");
  }

  /**
   * These as values.
   *
   * @param what takes nothing else, such as "the loss mse"
   * @throws IllegalArgumentException if they are none; one line
   */
  default Values asValues(String what) {
    if (this instanceof Values values) {
      return values;
    }
    throw new IllegalArgumentException(
        what + " takes values as targets, not " + this + "; choose one that takes classes");
  }

  /**
   * These as values, of which there is one for each output of a network.
   *
   * @param what takes nothing else, such as "the loss mse"
   * @throws IllegalArgumentException if they are none, or not as many; one line
   */
  default Values asValues(String what, int outputs) {
    Values values = asValues(what);
    values.checkWidth(what, outputs);
    return values;
  }
}
