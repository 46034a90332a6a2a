// SPDX-License-Identifier: Apache-2.0

/**
 * What there is to see: generated sources, profiles, and why TornadoVM finds no device.
 */
package io.github.arturo4j.kernels.inspect;
