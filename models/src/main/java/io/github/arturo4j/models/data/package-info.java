// SPDX-License-Identifier: Apache-2.0

/**
 * Examples, that is features and targets, and what is done to them before a network sees them.
 */
package io.github.arturo4j.models.data;
