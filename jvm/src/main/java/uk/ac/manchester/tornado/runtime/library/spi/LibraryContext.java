// SPDX-License-Identifier: Apache-2.0
package uk.ac.manchester.tornado.runtime.library.spi;

/** What a provider keeps for a plan on a device. */
public interface LibraryContext {}
