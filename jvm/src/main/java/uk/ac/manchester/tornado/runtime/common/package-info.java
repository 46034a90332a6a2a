// SPDX-License-Identifier: Apache-2.0

/**
 * Of TornadoVM's runtime what providers of native libraries are told of a device.
 */
package uk.ac.manchester.tornado.runtime.common;
