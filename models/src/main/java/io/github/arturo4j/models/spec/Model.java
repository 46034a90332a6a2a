// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.spec;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.Shape;
import java.util.List;
import java.util.Objects;

/** A network that is described by a list of layers; it becomes one with the shape of what it takes, and its outputs. */
public final class Model {
  /** The name of a network that has none. */
  public static final String OWN = "model";

  private final String name;
  private final Node layers;
  private final boolean named;

  private Model(String name, Node layers, boolean named) {
    this.name = name;
    this.layers = layers;
    this.named = named;
    layers(2); // says what is wrong with it
  }

  /**
   * One that has a name.
   *
   * @param layers a list of layers, as a tree of Lists, Maps and values
   * @throws IllegalArgumentException if they are none; one line, which names the place
   */
  public static Model named(String name, List<?> layers, Places places) {
    return new Model(name, new Node(layers, List.of(), places), true);
  }

  /**
   * One without a name.
   *
   * @param layers a list of layers, as a tree of Lists, Maps and values
   * @throws IllegalArgumentException if they are none; one line, which names the place
   */
  public static Model of(List<?> layers, Places places) {
    return new Model(OWN, new Node(layers, List.of(), places), false);
  }

  /** Its name; {@value #OWN} if it has none. */
  public String name() {
    return name;
  }

  /** Whether it has a name, so that it need not be written out. */
  public boolean isNamed() {
    return named;
  }

  /** The list of layers as a tree, for who wants to write it. */
  public List<?> tree() {
    return (List<?>) layers.value();
  }

  /**
   * The network.
   *
   * @param input shape of what it takes
   * @param outputs values that it puts out for an example, such as its classes
   * @throws IllegalArgumentException if a layer cannot take what it is given; one line, which names the place
   */
  public Network network(Shape input, int outputs) {
    return network(name, input, outputs);
  }

  /**
   * The same under another name, unless it has one of its own.
   *
   * @throws IllegalArgumentException as there
   */
  public Network network(String otherwise, Shape input, int outputs) {
    return new Network(named ? name : otherwise, input, layers(outputs));
  }

  private List<Layer> layers(int outputs) {
    List<Layer> read = new LayerReader(outputs).layers(layers);
    if (read.isEmpty()) {
      throw layers.fault("there are no layers; it must be " + LayerReader.LIST);
    }
    return read;
  }

  /** Whether the other is the same network: of the same name, or the same layers. Where they are described does not count. */
  @Override
  public boolean equals(Object o) {
    return o instanceof Model m && named == m.named && name.equals(m.name) && layers.value().equals(m.layers.value());
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, layers.value());
  }

  /** Its name, or how many layers it has, for people. */
  public String label() {
    return named ? name : "own layers: " + tree().size();
  }

  /** Its name, or the layers. */
  @Override
  public String toString() {
    return named ? name : tree().toString();
  }
}
