// SPDX-License-Identifier: Apache-2.0

/**
 * Arrays that host and device share, as TornadoVM has them.
 */
package uk.ac.manchester.tornado.api.types.arrays;
