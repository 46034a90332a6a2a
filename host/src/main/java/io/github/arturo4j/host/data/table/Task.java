// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

/** What is learnt of the target; spelt as in a file. */
public enum Task {
  /** Its class. */
  classification,
  /** Its value. */
  regression
}
