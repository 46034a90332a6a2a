// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

/**
 * How images of any size become images of one, as torchvision does it to images of Pillow's. See {@link #cropped} and
 * {@link #exactly}.
 *
 * @param height rows of the result
 * @param width columns of the result
 * @param crop whether the proportions are kept, and what is too much on two sides is cut off
 */
public record ImageSize(int height, int width, boolean crop) {
  /** Rows and columns at most. */
  public static final int MAX = 1 << 14;

  /** Checks the sizes. */
  public ImageSize {
    if (height < 1 || width < 1 || height > MAX || width > MAX) {
      throw new IllegalArgumentException(
          "image size is %d×%d; height and width must be 1 to %d".formatted(height, width, MAX));
    }
    if (crop && height != width) {
      throw new IllegalArgumentException(
          "image size is %d×%d, which is no square; only squares are cropped".formatted(height, width));
    }
  }

  /**
   * The shorter side becomes {@code side}, and of the longer one the middle is taken: {@code Resize(side)} and {@code
   * CenterCrop(side)}.
   */
  public static ImageSize cropped(int side) {
    return new ImageSize(side, side, true);
  }

  /** Each image is resized to that height and width, its proportions be what they may: {@code Resize((height, width))}. */
  public static ImageSize exactly(int height, int width) {
    return new ImageSize(height, width, false);
  }

  /** Writes an image in this size, channel by channel. */
  void write(Pixels image, byte[] into, int offset) {
    Pixels resized = crop ? resizeShorter(image) : BilinearResize.resize(image, height, width);
    int top = middle(resized.height() - height);
    int left = middle(resized.width() - width);
    resized.copyPlanes(top, left, height, width, into, offset);
  }

  private Pixels resizeShorter(Pixels image) {
    int shorter = Math.min(image.height(), image.width());
    int longer = Math.max(image.height(), image.width());
    int other = (int) ((double) height * longer / shorter);
    return image.width() <= image.height()
        ? BilinearResize.resize(image, other, width)
        : BilinearResize.resize(image, height, other);
  }

  /** Half of it, rounded as Python does, a half to the even neighbour. */
  private static int middle(int more) {
    return (int) Math.rint(more / 2.0);
  }

  @Override
  public String toString() {
    return height + "×" + width + (crop ? ", cropped" : "");
  }
}
