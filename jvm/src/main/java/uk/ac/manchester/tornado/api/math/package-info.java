// SPDX-License-Identifier: Apache-2.0

/**
 * The functions that kernels may call, as TornadoVM has them.
 */
package uk.ac.manchester.tornado.api.math;
