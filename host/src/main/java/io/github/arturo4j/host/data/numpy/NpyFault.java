// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import java.io.IOException;

/** What is wrong with an array, to stand behind its name. */
final class NpyFault extends IOException {
  private static final long serialVersionUID = 1;

  /** What to do with a file that is not what NumPy has written. */
  static final String ANEW = "fetch or write it anew";

  private final String remedy;

  NpyFault(String what, String remedy) {
    super(what);
    this.remedy = remedy;
  }

  /** Cause and remedy. */
  String line() {
    return getMessage() + "; " + remedy;
  }
}
