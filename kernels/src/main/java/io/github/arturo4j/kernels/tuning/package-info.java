// SPDX-License-Identifier: Apache-2.0

/**
 * Finds by measurement how products are best cut on a device: a candidate has to give the right result, and then be the fastest.
 */
package io.github.arturo4j.kernels.tuning;
