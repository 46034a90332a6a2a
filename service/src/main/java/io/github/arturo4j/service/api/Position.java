// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.api;

/**
 * Where a training stands.
 *
 * @param epoch the one that it is in, from 1; 0 before the first
 * @param step steps of it that are done
 * @param epochs in all; null if not known yet
 * @param steps of an epoch; null if not known yet
 */
public record Position(int epoch, int step, Integer epochs, Integer steps) {}
