// SPDX-License-Identifier: Apache-2.0

/**
 * Graphs of kernels: tasks, the arrays they share with the host, what each costs, and plans that execute them. TornadoVM takes a
 * limited number of tasks in a graph; a plan cuts.
 */
package io.github.arturo4j.kernels.graph;
