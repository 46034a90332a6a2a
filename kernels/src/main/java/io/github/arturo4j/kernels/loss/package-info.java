// SPDX-License-Identifier: Apache-2.0

/**
 * Losses: what they compare a network's outputs with, their kernels, and their gradients.
 */
package io.github.arturo4j.kernels.loss;
