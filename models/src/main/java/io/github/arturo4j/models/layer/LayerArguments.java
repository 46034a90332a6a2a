// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

import java.util.List;

/**
 * The values of a layer that is described in a file, by their keys, which are PyTorch's words. What has no default has to be
 * there, and what no layer asks for may not. A single value in place of the keys stands for the first that is asked for.
 *
 * <p>Every method throws an IllegalArgumentException of one line, which names place and key, if a value is not of its kind.
 */
public interface LayerArguments {
  /** A whole number. */
  int integer(String key);

  /** A whole number that may be left out. */
  int integer(String key, int otherwise);

  /** A number of values put out: a whole number, or {@code outputs} for as many as the network puts out for an example. */
  int width(String key);

  /** A number. */
  double number(String key);

  /** A number that may be left out. */
  double number(String key, double otherwise);

  /** True or false, and may be left out. */
  boolean flag(String key, boolean otherwise);

  /** One of several words, and may be left out. */
  <E extends Enum<E>> E word(String key, E otherwise);

  /** A text of any kind. */
  String text(String key);

  /** A list of whole numbers. */
  List<Integer> integers(String key);

  /** A list of layers. */
  List<Layer> layers(String key);

  /** A list of layers that may be left out, and then is empty. */
  List<Layer> layersIfAny(String key);
}
