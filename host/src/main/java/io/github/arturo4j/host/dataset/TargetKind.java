// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import io.github.arturo4j.kernels.loss.Targets;

/** What is predicted; spelt as in a file. */
public enum TargetKind {
  /** A class of each example. */
  classes,
  /** A class at each position of an example. */
  positions,
  /** Numbers of each example. */
  values;

  /** That of some targets. */
  static TargetKind of(Targets targets) {
    return switch (targets) {
      case Targets.Classes of -> of.positions() > 1 ? positions : classes;
      case Targets.Values _ -> values;
    };
  }
}
