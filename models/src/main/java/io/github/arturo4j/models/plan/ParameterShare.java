// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.Shares;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.SumKernels;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;
import io.github.arturo4j.kernels.optimizer.Parameters;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The share of a network's parameters that a rank's optimizer trains, with the state of these alone: the memory of the state is divided
 * by the number of ranks (ZeRO, Rajbhandari et al., arXiv 1910.02054, stage 1). Its gradients come from all ranks, and its new values
 * go to all of them.
 */
final class ParameterShare {
  private final Collective ranks;
  private final Shares shares;
  private final int first;
  private final Set<String> common;
  private final FloatArray network;
  private final FloatArray sent;
  private final Parameters parameters;
  private final RankBuffer buffer;

  private ParameterShare(Collective ranks, Shares shares, Set<String> common, FloatArray network) {
    this.ranks = ranks;
    this.shares = shares;
    this.common = common;
    this.network = network;
    first = shares.first(ranks.rank());
    int count = shares.count(ranks.rank());
    parameters = Parameters.of(new FloatArray(count), new FloatArray(count));
    sent = new FloatArray(network.getSize());
    buffer = new RankBuffer(network.getSize());
    takeValues();
  }

  /**
   * That of this rank; nothing where there is one rank, the optimizer cannot be divided, or there are too few parameters for all to
   * have some.
   *
   * @param network all parameters
   */
  static Optional<ParameterShare> of(Collective ranks, Optimizer optimizer, KernelShape shape, FloatArray network) {
    int block = optimizer.block(shape, network.getSize());
    if (ranks.size() == 1 || block == 0) {
      return Optional.empty();
    }
    Shares shares = new Shares(network.getSize(), ranks.size(), block);
    return IntStream.range(0, ranks.size()).allMatch(rank -> shares.count(rank) > 0)
        ? Optional.of(new ParameterShare(ranks, shares, optimizer.common(), network))
        : Optional.empty();
  }

  /** Values and gradients of the share. */
  Parameters parameters() {
    return parameters;
  }

  /** Takes the values that the host has of all parameters, before the first step. */
  void takeValues() {
    for (int i = 0; i < parameters.size(); i++) {
      parameters.values().set(i, network.get(first + i));
    }
    for (int i = 0; i < sent.getSize(); i++) {
      sent.set(i, network.get(i));
    }
  }

  /** The values of all parameters, after the last step. */
  float[] values() {
    return sent.toHeapArray();
  }

  /** Which parameters are whose. */
  Shares shares() {
    return shares;
  }

  /** Memory for a value of each parameter: of a step, first for the gradients, then for the new values. */
  RankBuffer buffer() {
    return buffer;
  }

  /** Takes the share's gradients from there. */
  void takeGradients() {
    buffer.get(first, parameters.gradients());
  }

  /**
   * The update's sections on this rank.
   *
   * @param update the first of them
   * @param whole all parameters
   */
  OptimizerStep step(KernelGraph update, Parameters whole) {
    update.everyTime(parameters.gradients()).once(parameters.values());
    return OptimizerStep.shared(update, whole, parameters, ranks::allGather);
  }

  /** Adds what gives the network on this device the new values. */
  void addTo(KernelGraph graph) {
    String task = graph.everyTime(sent).task("spreadParameters");
    graph.cost(task, Cost.elements(sent.getSize(), 0, 1, 1));
    graph.add(g -> g.task(task, SumKernels::copy, sent, network));
  }

  /** Tells all ranks the new values. */
  void spread(TornadoExecutionResult updated) {
    updated.transferToHost(parameters.values());
    buffer.put(first, parameters.values());
    ranks.allGather(buffer.floats(), shares);
    buffer.get(0, sent);
  }

  /** The values of all ranks; every rank has to ask. */
  float[] whole(float[] own) {
    buffer.put(first, own);
    ranks.allGather(buffer.floats(), shares);
    return buffer.get(network.getSize());
  }

  /** The state of all parameters; every rank has to ask. */
  Map<String, float[]> whole(Map<String, float[]> own) {
    Map<String, float[]> all = new LinkedHashMap<>();
    own.forEach((name, values) -> all.put(name, common.contains(name) ? values : whole(values)));
    return all;
  }

  /**
   * What of a state of all parameters is the share's.
   *
   * @throws IllegalArgumentException if it is one of more or fewer parameters
   */
  Map<String, float[]> part(Map<String, float[]> all) {
    Map<String, float[]> own = new LinkedHashMap<>();
    all.forEach((name, values) -> own.put(name, common.contains(name) ? values : part(name, values)));
    return own;
  }

  private float[] part(String name, float[] values) {
    if (values.length != network.getSize()) {
      throw new IllegalArgumentException(
          "the optimizer's " + name + " has " + network.getSize() + " values, not " + values.length);
    }
    return Arrays.copyOfRange(values, first, first + parameters.size());
  }
}
