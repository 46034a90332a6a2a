// SPDX-License-Identifier: Apache-2.0

/**
 * The folder of a run: configuration, rows, weights, checkpoint; locked while it is written.
 */
package io.github.arturo4j.host.run;
