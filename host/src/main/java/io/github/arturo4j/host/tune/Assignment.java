// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

/**
 * Work for one worker: a trial is trained up to the epochs of a rung.
 *
 * @param trial from 1
 * @param rung from 0, the one with the fewest epochs
 */
public record Assignment(int trial, int rung) {
  @Override
  public String toString() {
    return "trial " + trial + " in rung " + rung;
  }
}
