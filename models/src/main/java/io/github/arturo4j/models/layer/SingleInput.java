// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.List;

/** A stage that takes one value. */
public interface SingleInput extends Stage {
  /** The value. */
  Value input();

  @Override
  default List<Value> inputs() {
    return List.of(input());
  }
}
