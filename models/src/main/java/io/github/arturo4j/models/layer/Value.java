// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.layer;

/** What a stage puts out: a value of the network's graph, known by its identity. */
public final class Value {
  private final Shape shape;
  private final Value origin;

  private Value(Shape shape, Value origin) {
    this.shape = shape;
    this.origin = origin;
  }

  /** A new value. */
  public static Value of(Shape shape) {
    return new Value(shape, null);
  }

  /**
   * The same numbers in another shape.
   *
   * @throws IllegalArgumentException if the shape has not as many
   */
  public Value as(Shape other) {
    if (other.size() != shape.size()) {
      throw new IllegalArgumentException("the shape " + other + " has not as many values as " + shape);
    }
    return new Value(other, origin());
  }

  /** Shape of it. */
  public Shape shape() {
    return shape;
  }

  /** The value that a stage has put out, of which this is perhaps a view. */
  public Value origin() {
    return origin == null ? this : origin;
  }
}
