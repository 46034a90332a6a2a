// SPDX-License-Identifier: Apache-2.0

/**
 * Devices and the functional interfaces of tasks, as TornadoVM has them.
 */
package uk.ac.manchester.tornado.api.common;
