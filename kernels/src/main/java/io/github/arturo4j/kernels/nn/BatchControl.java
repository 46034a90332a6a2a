// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import io.github.arturo4j.kernels.random.CounterRandom;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * What changes from one execution to the next: the small array that is sent to the device before each. A step's batch is
 * one execution, or several of a micro-batch each, on one device or on several, whose gradients add up to the gradient of the
 * batch's mean loss.
 */
public final class BatchControl {
  /** Images of this execution; rows from here on are padding. */
  public static final int COUNT = 0;

  /** 1 if the sums of the losses start anew with this execution, else 0. */
  public static final int RESET = 1;

  /** Where the two key words of the augmentation are. */
  public static final int AUGMENTATION_KEY = 2;

  /** Images of the whole batch, over which the mean loss is. */
  public static final int TOTAL = 4;

  /** Row of the batch that this execution begins with; 0 if it has the whole batch. */
  public static final int FIRST_ROW = 5;

  /** Where the two key words of the boxes of a resized crop are. */
  public static final int CROP_KEY = 6;

  /** Where the two key words of a colour jitter are. */
  public static final int COLOR_KEY = 8;

  /** 1 if this execution is the first of its step on this device, and sums of gradients start anew with it, else 0. */
  public static final int BEGINS = 10;

  /** Behind a stream's key words: the number that its first element has in the batch. */
  public static final int FIRST_ELEMENT = 2;

  private static final int AUGMENTATION = -1;
  private static final int CROP = -2;
  private static final int COLOR = -3;
  private static final int FIRST_KEY = 11;
  private static final int STREAM = 3;

  private final IntArray array;
  private final int[] sizes;

  /** Control of whole batches for a network with the given number of dropout layers. */
  public BatchControl(int dropouts) {
    this(new int[dropouts]);
  }

  /**
   * Control for a network with dropout layers.
   *
   * @param sizes what each puts out for an image, in values
   */
  public BatchControl(int[] sizes) {
    this.sizes = sizes.clone();
    array = new IntArray(FIRST_KEY + STREAM * sizes.length);
    array.init(0);
  }

  /** The array to send with every execution. */
  public IntArray array() {
    return array;
  }

  /** Where the two key words of a dropout layer are, layers counted from 0. */
  public static int key(int dropout) {
    return FIRST_KEY + STREAM * dropout;
  }

  /**
   * Prepares one execution of a whole batch.
   *
   * @param count images of the batch
   * @param reset whether the sums of the losses start anew
   * @param seed seed of the run
   * @param step number of the step in the run
   */
  public void set(int count, boolean reset, long seed, long step) {
    array.set(COUNT, count);
    array.set(RESET, reset ? 1 : 0);
    CounterRandom.setKey(array, AUGMENTATION_KEY, seed, step, AUGMENTATION);
    CounterRandom.setKey(array, CROP_KEY, seed, step, CROP);
    CounterRandom.setKey(array, COLOR_KEY, seed, step, COLOR);
    for (int d = 0; d < sizes.length; d++) {
      CounterRandom.setKey(array, key(d), seed, step, d);
    }
    array.set(TOTAL, count);
    part(0, count, true);
  }

  /**
   * Makes of what {@link #set} has prepared an execution of some rows of the batch.
   *
   * @param first the first of them
   * @param count how many
   * @param begins whether it is the step's first on this device; sums start anew with that one alone
   */
  public void part(int first, int count, boolean begins) {
    array.set(COUNT, count);
    array.set(FIRST_ROW, first);
    array.set(BEGINS, begins ? 1 : 0);
    if (!begins) {
      array.set(RESET, 0);
    }
    for (int d = 0; d < sizes.length; d++) {
      array.set(key(d) + FIRST_ELEMENT, Math.multiplyExact(first, sizes[d]));
    }
  }
}
