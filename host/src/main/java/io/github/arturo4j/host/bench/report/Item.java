// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench.report;

import java.util.function.DoubleConsumer;

/**
 * Something that a part measures.
 *
 * @param name what it is
 * @param measurement is given the seconds that there are for it
 */
record Item(String name, DoubleConsumer measurement) {}
