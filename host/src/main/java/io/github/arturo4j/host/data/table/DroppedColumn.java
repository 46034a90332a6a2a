// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.table;

/**
 * A column that is left out.
 *
 * @param name of the column
 * @param reason why, to stand behind its name
 */
public record DroppedColumn(String name, String reason) {}
