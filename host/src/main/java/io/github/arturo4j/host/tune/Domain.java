// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/** What a value may be that is searched for. */
@JsonDeserialize(using = DomainReader.class)
public sealed interface Domain permits Interval, Choice {
  /**
   * One of its values.
   *
   * @param u in [0, 1); evenly spread ones give values as they are to be spread
   * @param whole whether it has to be a whole number
   */
  Object draw(double u, boolean whole);

  /** Whether a value is one of them; null is none. */
  boolean contains(Object value);

  /** In words, as the end of a sentence. */
  String words();
}
