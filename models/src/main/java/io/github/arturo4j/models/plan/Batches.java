// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.models.Network;
import java.util.stream.IntStream;

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

  /**
   * Checks that the steps can be divided among that many ranks: each is to have an image of a full step, and where the network
   * normalises over the images of a step, two of every step.
   *
   * @throws IllegalArgumentException if they cannot; the message is one line
   */
  public void checkRanks(Network network, int ranks) {
    int min = network.bufferCount() > 0 && ranks > 1 ? 2 * ranks : 1;
    if (size < Math.max(ranks, min)) {
      throw new IllegalArgumentException(
          "batchSize (--batch-size) is " + size + " for " + ranks + " ranks"
              + (min > 1 ? ", each of which normalises over its own images and so needs two" : "")
              + "; choose " + Math.max(ranks, min) + " or more, or start fewer ranks");
    }
    if (lastCount() < min) {
      int other =
          IntStream.rangeClosed(min, size).map(i -> min + size - i) // from this size down
              .filter(smaller -> of(network, images, smaller).lastCount() >= min)
              .findFirst().orElse(images);
      throw new IllegalArgumentException(
          network.name() + " normalises over the images of a step that a rank has, which are two at least, but the last step of "
              + images + " images in steps of " + size + " has " + lastCount() + " for " + ranks
              + " ranks; choose another batchSize, such as --batch-size " + other + ", or start fewer ranks");
    }
  }

  private int lastCount() {
    return count(steps() - 1);
  }

  private void check(Network network, String what, String remedy) {
    if (network.bufferCount() > 0 && lastCount() == 1) {
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
