// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import java.util.List;

/**
 * A part of a report that is over.
 *
 * @param name what it is of
 * @param seconds that it took
 * @param leftOut what there was no time for
 */
public record PartResult(String name, double seconds, List<String> leftOut) {}
