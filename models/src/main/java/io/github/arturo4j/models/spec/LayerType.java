// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.spec;

import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerArguments;

/**
 * A kind of layer that files can name. One of your own is known as soon as its class is named in {@code
 * META-INF/services/io.github.arturo4j.models.spec.LayerType}.
 */
public interface LayerType {
  /** Its name in files. */
  String name();

  /**
   * A layer of this kind.
   *
   * @param arguments its values; all that there are have to be asked for, the same ones every time
   * @throws IllegalArgumentException if they are not valid; one line
   */
  Layer read(LayerArguments arguments);
}
