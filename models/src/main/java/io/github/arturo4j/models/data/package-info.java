// SPDX-License-Identifier: Apache-2.0

/**
 * Images and labels, and what is done to them before a network sees them.
 */
package io.github.arturo4j.models.data;

