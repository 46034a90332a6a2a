// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

/** There is no device, or it has not done what it was asked to. The message is one line for the user. */
public final class DeviceException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /** With its line. */
  public DeviceException(String message) {
    super(message);
  }

  /** With its line and cause. */
  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
