// SPDX-License-Identifier: Apache-2.0

/**
 * What computes the products of a network on a device: kernels, or NVIDIA's libraries where they are there and have proved right.
 */
package io.github.arturo4j.kernels.choice;
