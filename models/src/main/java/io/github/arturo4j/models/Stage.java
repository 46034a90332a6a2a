// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

/**
 * What runs as a unit: a convolution or linear layer, and the layers without parameters behind it.
 *
 * @param name unique in the network; tasks are named after it
 * @param layer the {@link Layer.Convolution} or {@link Layer.Linear}
 * @param input shape of the input
 * @param linear shape of what the layer itself puts out
 * @param weight its weights
 * @param bias its biases
 * @param relu whether a ReLU follows
 * @param pool whether a 2×2 max-pooling follows
 * @param dropout probability of the dropout at the end; 0 for none
 */
record Stage(
    String name,
    Layer layer,
    Shape input,
    Shape linear,
    ParameterSpec weight,
    ParameterSpec bias,
    boolean relu,
    boolean pool,
    double dropout) {

  /** Shape of what the stage puts out. */
  Shape output() {
    return pool ? new Shape(linear.channels(), linear.height() / 2, linear.width() / 2) : linear;
  }

  Stage withRelu() {
    require(!relu && !pool && dropout == 0, "a ReLU");
    return new Stage(name, layer, input, linear, weight, bias, true, pool, dropout);
  }

  Stage withPool() {
    require(relu && !pool && dropout == 0, "a max-pooling");
    return new Stage(name, layer, input, linear, weight, bias, relu, true, dropout);
  }

  Stage withDropout(double probability) {
    require(relu && dropout == 0 && probability >= 0 && probability < 1, "a dropout of " + probability);
    return new Stage(name, layer, input, linear, weight, bias, relu, pool, probability);
  }

  private void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(what + " cannot stand here, behind " + name);
    }
  }
}
