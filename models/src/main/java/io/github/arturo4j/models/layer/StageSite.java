// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import java.util.List;

/**
 * Where a stage's tasks run.
 *
 * @param batch images of a batch
 * @param inputs what the stage takes, in the order of {@link Stage#inputs}
 * @param algebra products and convolutions of the device
 * @param arrays that the tasks of the network's stages share
 */
public record StageSite(int batch, List<Activation> inputs, LinearAlgebra algebra, ArrayPool arrays) {
  /** The first of what it takes. */
  public Activation input() {
    return inputs.getFirst();
  }
}
