// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Takes neighbouring sizes of the activation as one. Sizes are counted as by PyTorch, the batch's being 0.
 *
 * @param startDim the first of them, at least 1
 * @param endDim the last of them; −1 for the last of all
 */
public record Flatten(int startDim, int endDim) implements Layer {
  /** The activation as one vector, channels outermost. */
  public Flatten() {
    this(1, -1);
  }

  /** As a file describes it. */
  public static Flatten of(LayerArguments a) {
    return new Flatten(a.integer("start", 1), a.integer("end", -1));
  }

  @Override
  public void addTo(NetworkBuilder network, String path) {
    int[] sizes = network.shape().sizes();
    int last = endDim == -1 ? sizes.length : endDim;
    if (startDim < 1 || last < startDim || last > sizes.length) {
      throw new IllegalArgumentException(
          "layer " + path + " cannot flatten the sizes " + startDim + " to " + endDim + " of " + network.shape()
              + "; they are counted from 1");
    }
    int one = Arrays.stream(sizes, startDim - 1, last).reduce(1, (a, b) -> a * b);
    IntStream before = Arrays.stream(sizes, 0, startDim - 1);
    IntStream after = Arrays.stream(sizes, last, sizes.length);
    int[] flat = IntStream.concat(IntStream.concat(before, IntStream.of(one)), after).toArray();
    network.continueWith(network.value().as(new Shape(flat)));
  }
}
