// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

/** How a search shares out its epochs; spelt as in options and files. */
public enum Method {
  /** Asynchronous successive halving: all trials begin, the best go on, see {@link SuccessiveHalving}. */
  asha,
  /** All trials have all epochs. */
  random
}
