// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

/** The shape of one image or activation, row-major; a flat vector of n values is n×1×1. */
public record Shape(int channels, int height, int width) {
  /** Checks that no size is empty. */
  public Shape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException("empty shape %d×%d×%d".formatted(channels, height, width));
    }
  }

  /** Number of values. */
  public int size() {
    return channels * height * width;
  }

  @Override
  public String toString() {
    return channels + "×" + height + "×" + width;
  }
}
