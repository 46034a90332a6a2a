// SPDX-License-Identifier: Apache-2.0

/**
 * Kernels of losses and of their gradients.
 */
package io.github.arturo4j.kernels.loss;

