// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Memory outside of Java's heap, which ranks send and receive floats in: an array of the JVM device may lie on the heap. It is freed
 * with this object, and so not before a call that is under way has ended.
 */
final class RankBuffer {
  private final MemorySegment floats;

  RankBuffer(int size) {
    floats = Arena.ofAuto().allocate(ValueLayout.JAVA_FLOAT, size);
  }

  /** The memory. */
  MemorySegment floats() {
    return floats;
  }

  /** Takes all of an array's values to a place here. */
  void put(int at, FloatArray from) {
    for (int i = 0; i < from.getSize(); i++) {
      floats.setAtIndex(ValueLayout.JAVA_FLOAT, at + i, from.get(i));
    }
  }

  /** The same of an array on the heap. */
  void put(int at, float[] from) {
    MemorySegment.copy(from, 0, floats, ValueLayout.JAVA_FLOAT, (long) at * Float.BYTES, from.length);
  }

  /** The first so many values. */
  float[] get(int count) {
    return floats.asSlice(0, (long) count * Float.BYTES).toArray(ValueLayout.JAVA_FLOAT);
  }

  /** Gives an array its values from a place here. */
  void get(int at, FloatArray to) {
    for (int i = 0; i < to.getSize(); i++) {
      to.set(i, floats.getAtIndex(ValueLayout.JAVA_FLOAT, at + i));
    }
  }
}
