// SPDX-License-Identifier: Apache-2.0

/**
 * The devices of this machine, what of kernels depends on them ({@link
 * io.github.arturo4j.kernels.device.DeviceTraits}), and comparisons that keep a NaN.
 */
package io.github.arturo4j.kernels.device;
