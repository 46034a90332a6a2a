// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.graph;

import java.util.Optional;

/**
 * A task of a graph.
 *
 * @param name unique in the graph, without the graph's name
 * @param phase the part of the step it belongs to
 * @param cost what it has to do, where that is known
 */
public record GraphTask(String name, Phase phase, Optional<Cost> cost) {}
