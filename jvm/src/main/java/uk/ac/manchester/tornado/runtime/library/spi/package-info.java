// SPDX-License-Identifier: Apache-2.0

/**
 * What a provider of a native library implements, and is given, for the library tasks of TornadoVM 5.2 and later.
 */
package uk.ac.manchester.tornado.runtime.library.spi;
