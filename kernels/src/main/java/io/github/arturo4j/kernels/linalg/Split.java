// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.jvm.Workers;

/**
 * How the workers share a convolution: each does some of the images, or, where that moves more data than the images
 * have, some of the channels that weights are arranged by. A share of images is done in pieces, so that they stay in
 * the second-level cache. Who does what is fixed, and so is the order of every sum.
 *
 * @param channels channels of a piece, all or a multiple of 16
 * @param images images of a piece
 */
record Split(int allChannels, int channels, int allImages, int images) {
  private static final int BLOCK = 16;
  private static final int FLOATS_OF_A_PIECE = 128 * 1024;
  private static final int WEIGHTS_OF_A_PIECE = 4;

  /**
   * The split of a convolution.
   *
   * @param allChannels the channels that can be shared
   * @param whole values that each worker must read if channels are shared
   */
  static Split of(ConvolutionShape s, int allChannels, int whole) {
    int workers = Workers.count();
    if (whole < s.weightSize() && workers > 1) {
      int blocks = Math.ceilDiv(allChannels, BLOCK);
      return new Split(allChannels, Math.ceilDiv(blocks, workers) * BLOCK, s.batch(), s.batch());
    }
    int data = Math.max(FLOATS_OF_A_PIECE, WEIGHTS_OF_A_PIECE * s.weightSize());
    int fitting = Math.max(1, data / ((s.inputSize() + s.outputSize()) / s.batch()));
    int share = Math.ceilDiv(s.batch(), workers);
    int pieces = Math.ceilDiv(share, fitting);
    return new Split(allChannels, allChannels, s.batch(), Math.ceilDiv(share, pieces));
  }

  /** Whether the workers share the channels, not the images. */
  boolean byChannels() {
    return channels < allChannels;
  }

  private int pieces() {
    return byChannels() ? Math.ceilDiv(allChannels, channels) : Math.ceilDiv(allImages, images);
  }

  /** Does a piece of the work. */
  interface Piece {
    void run(int worker, int firstChannel, int channels, int firstImage, int images);
  }

  /** Runs all pieces. */
  void run(Piece piece) {
    Workers.parallel(
        pieces(),
        p -> {
          int channel = byChannels() ? p * channels : 0;
          int image = byChannels() ? 0 : p * images;
          piece.run(
              p % Workers.count(), channel, Math.min(channels, allChannels - channel), image,
              Math.min(images, allImages - image));
        });
  }
}
