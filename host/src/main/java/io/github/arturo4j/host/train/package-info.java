// SPDX-License-Identifier: Apache-2.0

/**
 * Trainings.
 */
package io.github.arturo4j.host.train;
