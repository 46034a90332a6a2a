// SPDX-License-Identifier: Apache-2.0

/**
 * The pass that makes one stage of several where a stage knows how.
 */
package io.github.arturo4j.models.fusion;
