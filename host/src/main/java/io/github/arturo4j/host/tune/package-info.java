// SPDX-License-Identifier: Apache-2.0

/**
 * Searches for an experiment's best values: what is tried, which trial trains on, and the report.
 */
package io.github.arturo4j.host.tune;
