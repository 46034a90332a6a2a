// SPDX-License-Identifier: Apache-2.0

/**
 * What a network's outputs are measured by, beside the loss that it is trained with.
 */
package io.github.arturo4j.models.metric;
