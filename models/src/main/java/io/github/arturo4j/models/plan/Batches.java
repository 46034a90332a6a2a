// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.models.Network;

/**
 * How the images of an epoch are cut into steps, or those of a step into micro-batches: all of the same size, but for the
 * last, which takes what is left. Where that were a single image, and the network normalises over the images of a step, the
 * step before leaves it one more: one image has no variance where a channel has one pixel, and that of its pixels alone is
 * not that of the data.
 *
 * @param images of an epoch
 * @param size images of a full step
 * @param shared whether the last two steps share their images
 */
public record Batches(int images, int size, boolean shared) {
  private static final int MIN_SHARED = 3;

  /** The steps of an epoch, in each at most that many images. */
  public static Batches of(Network network, int images, int batchSize) {
    int size = Math.min(batchSize, images);
    boolean single = network.bufferCount() > 0 && images % size == 1;
    return new Batches(images, size, single && size >= MIN_SHARED);
  }

  /**
   * Checks that no step is of a single image where the network normalises over the images of a step.
   *
   * @throws IllegalArgumentException if one is; the message is one line
   */
  public void check(Network network) {
    check(
        network, "a step",
        images == 1
            ? "there is one training image; give more"
            : "batchSize (--batch-size) is " + size + " for " + images + " images; choose " + MIN_SHARED + " or more");
  }

  /** The same of a step's micro-batches. */
  public void checkMicro(Network network) {
    check(
        network, "a micro-batch",
        "microBatch (--micro-batch) is " + size + " for a step of " + images + " images; choose " + MIN_SHARED
            + " or more");
  }

  private void check(Network network, String what, String remedy) {
    if (network.bufferCount() > 0 && count(steps() - 1) == 1) {
      throw new IllegalArgumentException(
          network.name() + " normalises over the images of " + what + ", and one image has no variance: " + remedy);
    }
  }

  /** Steps of an epoch. */
  public int steps() {
    return Math.ceilDiv(images, size);
  }

  /** Where the images of a step, counted from 0, begin in the epoch's order. */
  public int first(int step) {
    return shared && step == steps() - 1 ? images - 2 : step * size;
  }

  /** Images of a step. */
  public int count(int step) {
    int end = step == steps() - 1 ? images : first(step + 1);
    return end - first(step);
  }
}
