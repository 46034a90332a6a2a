// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.schedule;

/** What a schedule counts: after each of these the rate may change. */
public enum Unit {
  EPOCH("epoch") {
    @Override
    int steps(Progress at) {
      return at.stepsPerEpoch();
    }
  },
  STEP("step") {
    @Override
    int steps(Progress at) {
      return 1;
    }
  };

  private final String word;

  Unit(String word) {
    this.word = word;
  }

  /** Steps of one. */
  abstract int steps(Progress at);

  /** How many are over. */
  long over(Progress at) {
    return at.step() / steps(at);
  }

  /** How many a training has. */
  long total(Progress at) {
    return Math.ceilDiv(at.totalSteps(), steps(at));
  }

  /** As in an experiment file. */
  @Override
  public String toString() {
    return word;
  }
}
