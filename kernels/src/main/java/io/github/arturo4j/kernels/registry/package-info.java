// SPDX-License-Identifier: Apache-2.0

/**
 * What experiments know by name, of this library and of others on the class path.
 */
package io.github.arturo4j.kernels.registry;
