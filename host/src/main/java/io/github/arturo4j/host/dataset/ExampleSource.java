// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Where an example is from.
 *
 * @param place such as a file, or a file and a line
 * @param cells of a row, by the names of their columns, without the target; of others none
 */
public record ExampleSource(String place, SequencedMap<String, String> cells) {
  /** Keeps the cells as they are. */
  public ExampleSource {
    cells = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(cells));
  }

  /** One of which no more than the place is told. */
  public ExampleSource(String place) {
    this(place, new LinkedHashMap<>());
  }
}
