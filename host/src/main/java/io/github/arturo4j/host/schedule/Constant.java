// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.schedule;

/** The initial rate in every step: training in PyTorch without a scheduler. */
public record Constant() implements Schedule {
  @Override
  public String name() {
    return "constant";
  }

  @Override
  public double factor(Progress at) {
    return 1;
  }
}
