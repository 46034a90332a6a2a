// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.train;

/**
 * A training whose numbers are none any more. Going on from its checkpoint, which is from before that, meets the same
 * again: it takes another training.
 */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String what;

  /**
   * With what is not finite, and a remedy; the message is both.
   *
   * @param what such as "the training loss of epoch 1 is NaN"
   */
  public DivergedException(String what, String remedy) {
    super(what + "; " + remedy);
    this.what = what;
  }

  /** What is not finite, for whoever knows a better remedy. */
  public String what() {
    return what;
  }
}
