// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import java.util.Locale;

/** The part of a training step that a task belongs to. */
public enum Phase {
  /** From the images to the logits. */
  FORWARD,

  /** The loss and its gradient. */
  LOSS,

  /** From the loss's gradient to those of the parameters. */
  BACKWARD,

  /** From the gradients to new parameters. */
  OPTIMIZER;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
