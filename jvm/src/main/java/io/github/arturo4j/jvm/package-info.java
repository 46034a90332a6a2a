// SPDX-License-Identifier: Apache-2.0

/**
 * The JVM device: tasks run as loops that C2 vectorises, on a few threads; its memory is its own, and full of NaN at first.
 */
package io.github.arturo4j.jvm;
