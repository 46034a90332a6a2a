// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import io.github.arturo4j.host.io.OperationException;

/** PyTorch's process has ended or does not answer with times; the message is one line. */
public final class PyTorchException extends OperationException {
  private static final long serialVersionUID = 1;

  PyTorchException(String message) {
    super(message);
  }
}
