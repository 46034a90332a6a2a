// SPDX-License-Identifier: Apache-2.0

/**
 * Data sets: files that are there, or are fetched, checked and read.
 */
package io.github.arturo4j.host.data;
