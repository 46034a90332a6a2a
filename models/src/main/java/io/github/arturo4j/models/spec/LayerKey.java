// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.spec;

/**
 * A key of a kind of layer.
 *
 * @param name as a file has it
 * @param kind of its value, in words
 * @param otherwise the value where it is left out; null if it may not be
 */
public record LayerKey(String name, String kind, String otherwise) {}
