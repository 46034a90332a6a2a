// SPDX-License-Identifier: Apache-2.0

/**
 * What reports over many runs have in common: their folder, page, tables and files.
 */
package io.github.arturo4j.host.report;
