// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The device arrays that make up an optimizer's state, by name, as a checkpoint takes and gives them. */
public final class StateArrays {
  private final SequencedMap<String, FloatArray> arrays = new LinkedHashMap<>();

  /** Adds an array under a name. */
  public StateArrays add(String name, FloatArray array) {
    arrays.put(name, array);
    return this;
  }

  /** Whether there are none yet. */
  public boolean isEmpty() {
    return arrays.isEmpty();
  }

  /** The arrays, in the order in which they were added. */
  public Object[] all() {
    return arrays.values().toArray();
  }

  /** Downloads them; before the first execution (null) they are as the host has set them. */
  public SequencedMap<String, float[]> save(TornadoExecutionResult lastStep) {
    if (lastStep != null) {
      lastStep.transferToHost(all());
    }
    SequencedMap<String, float[]> state = new LinkedHashMap<>();
    arrays.forEach((name, array) -> state.put(name, array.toHeapArray()));
    return state;
  }

  /**
   * Sets what the first execution will upload.
   *
   * @throws IllegalArgumentException if an array is missing, unknown, or of another length: nothing is set
   */
  public void restore(Map<String, float[]> state) {
    if (!state.keySet().equals(arrays.keySet())) {
      throw new IllegalArgumentException(
          "the optimizer's state is " + arrays.keySet() + ", not " + state.keySet());
    }
    arrays.forEach(
        (name, array) -> {
          if (state.get(name).length != array.getSize()) {
            throw new IllegalArgumentException(
                "the optimizer's " + name + " has " + array.getSize() + " values, not "
                    + state.get(name).length);
          }
        });
    arrays.forEach(
        (name, array) -> {
          float[] values = state.get(name);
          for (int i = 0; i < values.length; i++) {
            array.set(i, values[i]);
          }
        });
  }
}
