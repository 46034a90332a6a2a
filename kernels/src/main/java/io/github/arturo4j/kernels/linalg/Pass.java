// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

/** Which of a layer's three products. */
public enum Pass {
  /** From its input to its output. */
  forward,

  /** From the gradient of its output to that of its input. */
  input,

  /** From input and output's gradient to the gradients of its parameters. */
  parameters
}
