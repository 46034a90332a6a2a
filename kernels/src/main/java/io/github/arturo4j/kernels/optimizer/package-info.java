// SPDX-License-Identifier: Apache-2.0

/**
 * Optimizers, and what one of one's own is made of: state arrays, their checks, layouts of work-groups, ranges of values.
 */
package io.github.arturo4j.kernels.optimizer;
