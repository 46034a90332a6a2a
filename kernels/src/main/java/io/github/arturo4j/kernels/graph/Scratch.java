// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * An array of a {@link KernelProgram} that tasks of all sections use one after the other, each for what only the tasks right behind it
 * read: as large as the largest of them needs, instead of one for each. A task asks for its size when it is added, and takes the array
 * when the plan adds it to a graph of TornadoVM, when all have asked.
 */
public final class Scratch {
  private int size;
  private FloatArray array;

  Scratch() {}

  /**
   * It is to have so many values at least.
   *
   * @throws IllegalStateException if the array was taken already, and has fewer
   */
  Scratch ofSize(int wanted) {
    if (array != null && wanted > size) {
      throw new IllegalStateException("a task asks for " + wanted + " values of scratch space after a plan was made with " + size);
    }
    size = Math.max(size, wanted);
    return this;
  }

  /** The array. */
  public FloatArray array() {
    if (array == null) {
      array = new FloatArray(size);
    }
    return array;
  }
}
