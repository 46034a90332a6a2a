// SPDX-License-Identifier: Apache-2.0

/**
 * Meters of a training, and the server that Prometheus asks.
 */
package io.github.arturo4j.host.metrics;
