// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.nn.BatchControl;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What all stages of a network share on the device.
 *
 * @param parameters all of the network, in the order of {@link NetworkBuilder#parameters}
 * @param gradients with respect to them; null in an evaluation
 * @param buffers running statistics, in the order of {@link NetworkBuilder#buffers}; null if it has none
 * @param control sent with every execution
 */
public record NetworkArrays(FloatArray parameters, FloatArray gradients, FloatArray buffers, BatchControl control) {
  /** The values of a network's running statistics as an array of the device; null if it has none. */
  public static FloatArray buffers(float[] values) {
    return values.length == 0 ? null : FloatArray.fromArray(values);
  }
}
