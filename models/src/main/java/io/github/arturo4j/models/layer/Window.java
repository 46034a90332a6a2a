// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/** Windows that a convolution or pooling moves over the rows or columns of an image. */
final class Window {
  private Window() {}

  /** The shape of an image after windows of a size, step and padding, with other channels. */
  static Shape over(Shape image, int channels, int kernel, int stride, int padding) {
    int down = image.height() + 2 * padding - kernel;
    int right = image.width() + 2 * padding - kernel;
    if (Math.min(down, right) < 0) {
      throw new IllegalArgumentException(
          "windows of " + kernel + "×" + kernel + " do not fit into " + image + " with a padding of " + padding);
    }
    return new Shape(channels, down / stride + 1, right / stride + 1);
  }

  /** Throws unless a layer that moves windows gets an image. */
  static void checkImage(String path, String what, Shape shape) {
    if (shape.rank() != 3) {
      throw new IllegalArgumentException(
          "layer " + path + " is " + what + " over an image of channels×height×width, and its input is " + shape);
    }
  }

  /** Throws unless the windows of a pooling have pixels, and not too much padding. */
  static void checkPooling(String path, String what, Layer layer, int kernel, int stride, int padding) {
    if (kernel < 1 || stride < 1 || padding < 0 || 2 * padding > kernel) {
      throw new IllegalArgumentException(
          "layer " + path + " is no " + what + ": a kernel and a stride of at least 1, and a padding of 0 to half a"
              + " kernel are needed, not " + layer);
    }
  }
}
