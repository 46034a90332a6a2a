// SPDX-License-Identifier: Apache-2.0

/**
 * Networks as a file describes them: lists of layers, each a name and its keys. {@link
 * io.github.arturo4j.models.spec.LayerTypes} knows the names, {@link io.github.arturo4j.models.spec.Model} is a network that
 * is yet without the shape of its input.
 */
package io.github.arturo4j.models.spec;
