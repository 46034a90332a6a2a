// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

import io.github.arturo4j.host.io.OperationException;

/** A failure that all ranks of a training come to at the same step, so that none waits for another. */
final class CommonFailure extends OperationException {
  private static final long serialVersionUID = 1;

  CommonFailure(String message) {
    super(message);
  }
}
