// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/**
 * Where a training stands.
 *
 * @param epoch the one that it is in, from 1; 0 before the first
 * @param step steps of it that are done
 * @param epochs in all; null if not known yet
 * @param steps of an epoch; null if not known yet
 * @param loss mean training loss of the steps that were told last; null before, or if it is no number
 */
public record Position(int epoch, int step, Integer epochs, Integer steps, Double loss) {}
