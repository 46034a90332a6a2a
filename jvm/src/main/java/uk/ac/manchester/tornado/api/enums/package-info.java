// SPDX-License-Identifier: Apache-2.0

/**
 * Kinds of devices, backends and transfers, as TornadoVM has them.
 */
package uk.ac.manchester.tornado.api.enums;
