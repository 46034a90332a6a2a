// SPDX-License-Identifier: Apache-2.0

/**
 * Comparisons of optimizers over seeds, and their report.
 */
package io.github.arturo4j.host.compare;
