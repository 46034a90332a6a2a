// SPDX-License-Identifier: Apache-2.0

/**
 * What TornadoVM throws.
 */
package uk.ac.manchester.tornado.api.exceptions;
