// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Parameters, neighbours in a network's array, whose gradients ranks add up at once, while the way back goes on (Li et al., PyTorch
 * Distributed, VLDB 2020).
 *
 * @param from the first of them
 * @param to the one behind the last
 * @param stage the earliest stage that contributes to their gradients: behind its way back, these are complete
 */
record Bucket(int from, int to, int stage) {
  /** Values of a bucket at least: what takes much longer to send than to begin. */
  static final int VALUES = 1 << 20;

  /** Buckets at most: each is a section of the step, which costs a device some time. */
  private static final int MOST = 4;

  /** Values. */
  int size() {
    return to - from;
  }

  /** All of a network's. */
  static List<Bucket> one(Network network) {
    return List.of(new Bucket(0, network.parameterCount(), 0));
  }

  /**
   * A network's buckets in the order in which they are complete.
   *
   * @param least values of each, but for the last
   */
  static List<Bucket> of(Network network, int least) {
    int size = Math.max(least, Math.ceilDiv(network.parameterCount(), MOST));
    List<Stage> stages = network.stages();
    List<Bucket> buckets = new ArrayList<>();
    int to = network.parameterCount();
    for (int stage = stages.size() - 1; stage > 0; stage--) {
      int from = incomplete(network, stages.subList(0, stage), stages.subList(stage, stages.size()));
      if (to - from >= size && from > 0) {
        buckets.add(new Bucket(from, to, stage));
        to = from;
      }
    }
    buckets.add(new Bucket(0, to, 0));
    return buckets;
  }

  /** Where the parameters end to which some stages contribute, or none does, when others have done so. */
  private static int incomplete(Network network, List<Stage> missing, List<Stage> done) {
    Set<ParameterSpec> complete = done.stream().flatMap(stage -> stage.parameters().stream()).collect(Collectors.toSet());
    missing.forEach(stage -> stage.parameters().forEach(complete::remove));
    return network.parameters().stream()
        .filter(spec -> !complete.contains(spec))
        .mapToInt(spec -> spec.offset() + spec.size())
        .max()
        .orElse(0);
  }
}
