// SPDX-License-Identifier: Apache-2.0

/**
 * Files and texts: written as a whole, named in messages.
 */
package io.github.arturo4j.host.io;
