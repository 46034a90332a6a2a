// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

/** The examples that epochs are judged by; spelt as in files. */
public enum JudgingSet {
  /** The test set, where there is nothing to validate with. */
  test,
  /** A validation set; the test set is for the end. */
  validation
}
