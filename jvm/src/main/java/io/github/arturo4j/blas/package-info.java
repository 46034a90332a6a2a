// SPDX-License-Identifier: Apache-2.0

/**
 * Matrix products and convolutions of native libraries, OpenBLAS and oneDNN, on heap arrays without a copy; where none loads, Java.
 */
package io.github.arturo4j.blas;
