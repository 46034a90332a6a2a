// SPDX-License-Identifier: Apache-2.0

/**
 * Networks that an experiment can name.
 */
package io.github.arturo4j.models.zoo;
