// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.spec;

import io.github.arturo4j.models.layer.Place;
import java.util.List;

/** Where the parts of a tree are in its file. */
@FunctionalInterface
public interface Places {
  /**
   * Where a part is.
   *
   * @param path keys, and indices of lists, from the list of layers on
   */
  Place of(List<Object> path);
}
