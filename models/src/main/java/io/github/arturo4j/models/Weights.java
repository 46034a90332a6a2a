// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.models.layer.ParameterSpec;
import java.util.List;
import java.util.Optional;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * All the numbers that a network evaluates images with, flat.
 *
 * @param parameters what is trained, in the order of {@link Network#parameters}
 * @param buffers running statistics of batch normalisations, in the order of {@link Network#buffers}; often none
 */
public record Weights(float[] parameters, float[] buffers) {
  /** The first value that is not finite, and the tensor it is in, in words; empty if all are finite. */
  public Optional<String> notFinite(Network network) {
    return notFinite(network.parameters(), parameters).or(() -> notFinite(network.buffers(), buffers));
  }

  private static Optional<String> notFinite(List<ParameterSpec> tensors, float[] values) {
    for (ParameterSpec tensor : tensors) {
      for (int i = tensor.offset(); i < tensor.offset() + tensor.size(); i++) {
        if (!Float.isFinite(values[i])) {
          return Optional.of("a value of '" + tensor.name() + "' is " + values[i]);
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Copies them to arrays of a device.
   *
   * @param deviceBuffers null if the network has none
   * @throws IllegalArgumentException if they are another network's; then nothing is copied
   */
  public void copyTo(FloatArray deviceParameters, FloatArray deviceBuffers) {
    check(deviceParameters, parameters, "parameters");
    check(deviceBuffers, buffers, "running statistics");
    copy(parameters, deviceParameters);
    copy(buffers, deviceBuffers);
  }

  private static void check(FloatArray array, float[] values, String what) {
    int size = array == null ? 0 : array.getSize();
    if (values.length != size) {
      throw new IllegalArgumentException("the network has " + size + " " + what + ", not " + values.length);
    }
  }

  private static void copy(float[] values, FloatArray array) {
    for (int i = 0; i < values.length; i++) {
      array.set(i, values[i]);
    }
  }
}
