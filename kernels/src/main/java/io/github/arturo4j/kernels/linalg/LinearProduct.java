// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

/**
 * A product of a fully connected layer.
 *
 * @param batch examples
 * @param in values of an example before the layer
 * @param out values behind it
 * @param biased whether the gradients of biases are computed with those of the weights; false in the other passes
 */
public record LinearProduct(Pass pass, int batch, int in, int out, boolean biased) implements Product {
  /** y[batch,out] of x[batch,in]. */
  public static LinearProduct forward(int batch, int in, int out) {
    return new LinearProduct(Pass.forward, batch, in, out, false);
  }

  /** dx[batch,in] of dy[batch,out]. */
  public static LinearProduct input(int batch, int in, int out) {
    return new LinearProduct(Pass.input, batch, in, out, false);
  }

  /** dW[out,in], and perhaps dbias[out], of x and dy. */
  public static LinearProduct parameters(int batch, int in, int out, boolean biased) {
    return new LinearProduct(Pass.parameters, batch, in, out, biased);
  }

  @Override
  public String key() {
    return "linear " + pass + " " + batch + " " + in + " " + out + (biased ? " biased" : "");
  }

  @Override
  public int rows() {
    return pass == Pass.parameters ? out : batch;
  }

  @Override
  public int columns() {
    return switch (pass) {
      case forward -> out;
      case input -> in;
      case parameters -> in + (biased ? 1 : 0);
    };
  }

  @Override
  public int terms() {
    return switch (pass) {
      case forward -> in;
      case input -> out;
      case parameters -> batch;
    };
  }
}
