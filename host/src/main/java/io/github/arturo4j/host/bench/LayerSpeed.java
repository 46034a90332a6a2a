// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.kernels.linalg.Pass;
import java.util.List;

/**
 * How fast a layer's products are.
 *
 * @param name where it is
 * @param sizes of the layer, for people
 * @param passes in the order of {@link Pass}
 */
public record LayerSpeed(String name, String sizes, List<PassSpeed> passes) {
  /** That of a pass. */
  public PassSpeed pass(Pass pass) {
    return passes.get(pass.ordinal());
  }
}
