// SPDX-License-Identifier: Apache-2.0

/**
 * Kernels of layers that are no products: normalisation, pooling, activations, dropout; and the batch that they get.
 */
package io.github.arturo4j.kernels.nn;
