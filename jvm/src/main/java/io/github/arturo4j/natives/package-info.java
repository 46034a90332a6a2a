// SPDX-License-Identifier: Apache-2.0

/**
 * Native libraries: found on the class path, unpacked where only this user can write, bound through java.lang.foreign.
 */
package io.github.arturo4j.natives;
