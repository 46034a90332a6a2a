// SPDX-License-Identifier: Apache-2.0

/**
 * The list of devices, as TornadoVM has it.
 */
package uk.ac.manchester.tornado.api.runtime;
