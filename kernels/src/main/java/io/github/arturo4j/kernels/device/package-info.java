// SPDX-License-Identifier: Apache-2.0

/**
 * The devices of this machine, and what of kernels depends on them: their shape, and comparisons that keep a NaN.
 */
package io.github.arturo4j.kernels.device;
