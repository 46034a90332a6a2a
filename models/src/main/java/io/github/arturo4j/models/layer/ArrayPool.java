// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The arrays of a network's tasks. One that no task added from now on needs is given back, and serves as another of its size: tasks are
 * executed in the order in which they are added. So a training has the values of all stages, and gradients of two or three of them, in
 * place of one for each; and what computes no gradients has the values of two or three.
 */
public final class ArrayPool {
  private final Map<Integer, Deque<FloatArray>> free = new HashMap<>();
  private final Set<FloatArray> taken = Collections.newSetFromMap(new IdentityHashMap<>());
  private final boolean oneOfEach;
  private long bytes;

  /** One for tasks that are executed. */
  public ArrayPool() {
    this(false);
  }

  private ArrayPool(boolean oneOfEach) {
    this.oneOfEach = oneOfEach;
  }

  /** One for tasks that are looked at and never executed: of each size there is one array, for all who ask. */
  public static ArrayPool ofSizes() {
    return new ArrayPool(true);
  }

  /** An array of so many values, which are undefined: those of a task before, perhaps. */
  public FloatArray take(int size) {
    Deque<FloatArray> same = free.computeIfAbsent(size, any -> new ArrayDeque<>());
    FloatArray array = same.isEmpty() ? made(size) : same.pop();
    if (oneOfEach) {
      same.push(array);
    } else {
      taken.add(array);
    }
    return array;
  }

  private FloatArray made(int size) {
    bytes += (long) size * Float.BYTES;
    return new FloatArray(size);
  }

  /** No task added from now on needs the content of this array; nothing happens if it was not taken here, or is back. */
  public void giveBack(FloatArray array) {
    if (taken.remove(array)) {
      free.get(array.getSize()).push(array);
    }
  }

  /** Bytes of all arrays, taken or not. */
  public long bytes() {
    return bytes;
  }
}
