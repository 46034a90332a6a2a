// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/** What is wrong with a layer of a file, in one line that names the place. */
public final class LayerFault extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /**
   * A fault.
   *
   * @param what is wrong
   */
  public LayerFault(Place place, String what, Throwable cause) {
    super(place + ": " + what, cause);
  }
}
