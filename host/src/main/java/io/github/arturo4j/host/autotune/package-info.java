// SPDX-License-Identifier: Apache-2.0

/**
 * Kernels that are tuned for the device at hand: how the products of a network are best cut is measured once for a device and its driver,
 * and kept.
 */
package io.github.arturo4j.host.autotune;
