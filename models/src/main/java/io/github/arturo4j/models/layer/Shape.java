// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The shape of one image or activation, row-major: PyTorch's without the first size, which is the batch's. */
public final class Shape {
  private final int[] sizes;

  /**
   * A shape of those sizes: {@code new Shape(channels, height, width)} of an image, {@code new Shape(n)} of a vector.
   *
   * @throws IllegalArgumentException if there is no size, or one is not positive
   */
  public Shape(int... sizes) {
    this.sizes = sizes.clone();
    long size = 1;
    for (int s : sizes) {
      size = s < 1 || size > Integer.MAX_VALUE ? -1 : size * s;
    }
    if (sizes.length == 0 || size < 1 || size > Integer.MAX_VALUE) {
      throw new IllegalArgumentException((size > 1 ? "too large a shape " : "empty shape ") + this);
    }
  }

  /** Number of sizes. */
  public int rank() {
    return sizes.length;
  }

  /** A copy of the sizes. */
  public int[] sizes() {
    return sizes.clone();
  }

  /** Number of values. */
  public int size() {
    return Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
  }

  /** The first size: channels of an image, or values of a vector. */
  public int channels() {
    return sizes[0];
  }

  /** Values of a channel. */
  public int pixels() {
    return size() / channels();
  }

  /** Rows of an image; 1 of a vector. */
  public int height() {
    return rank() > 1 ? sizes[1] : 1;
  }

  /** Columns of an image; 1 of a vector. */
  public int width() {
    return rank() > 2 ? sizes[2] : 1;
  }

  /** The last size. */
  public int last() {
    return sizes[rank() - 1];
  }

  /** The shape with another last size. */
  public Shape withLast(int size) {
    int[] others = sizes.clone();
    others[rank() - 1] = size;
    return new Shape(others);
  }

  /** The shape whose sizes are moved to the front by {@code distance}, those in front to the end; to the end if it is negative. */
  Shape rotated(int distance) {
    int[] moved = new int[rank()];
    Arrays.setAll(moved, i -> sizes[Math.floorMod(i + distance, rank())]);
    return new Shape(moved);
  }

  /**
   * Checks that it is one of a sequence, [positions, dimensions].
   *
   * @param what wants it to be, such as "layer 3 is an attention"
   * @throws IllegalArgumentException if it is not; one line
   */
  void checkSequence(String what) {
    if (rank() != 2) {
      throw new IllegalArgumentException(what + " over positions×dimensions, and its input is " + this);
    }
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Shape s && Arrays.equals(sizes, s.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  @Override
  public String toString() {
    return Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining("×"));
  }
}
