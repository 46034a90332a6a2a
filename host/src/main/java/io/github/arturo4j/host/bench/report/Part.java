// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import java.util.List;
import java.util.function.Supplier;

/**
 * A part of a report.
 *
 * @param name what it is of
 * @param weight of its time among those of all parts
 * @param items what it measures, asked for when it begins
 */
record Part(String name, double weight, Supplier<List<Item>> items) {}
