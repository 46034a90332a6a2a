// SPDX-License-Identifier: Apache-2.0

/**
 * Layers, a file each: shapes, parameters, initialisation, and the tasks of both passes. {@link
 * io.github.arturo4j.models.layer.Layer} says how to write one.
 */
package io.github.arturo4j.models.layer;
