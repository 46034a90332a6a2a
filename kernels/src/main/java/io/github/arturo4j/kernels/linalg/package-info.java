// SPDX-License-Identifier: Apache-2.0

/**
 * Matrix products and convolutions, forward and backward: tiled kernels on a GPU, OpenBLAS and oneDNN on the JVM.
 */
package io.github.arturo4j.kernels.linalg;
