// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;

/**
 * What a checkpoint must be to be one of a training, whatever its checksum says.
 *
 * @param network what is trained
 * @param optimizer with what
 * @param epochs how many there are to be
 * @param epochSteps steps of each
 */
record CheckpointCheck(Network network, Optimizer optimizer, int epochs, int epochSteps) {
  /** Throws, with what is wrong, a line to stand in brackets, unless it is one. */
  void check(Checkpoint checkpoint) {
    TrainingPosition position = checkpoint.position();
    if (position.epochs() > epochs) {
      throw new IllegalArgumentException("it stands in epoch " + position.epoch() + " of " + epochs);
    }
    long steps = (position.epoch() - 1L) * epochSteps + position.step();
    if (position.step() > epochSteps || checkpoint.state().steps() != steps) {
      throw new IllegalArgumentException(
          "it stands at step " + position.step() + " of epoch " + position.epoch() + " after "
              + checkpoint.state().steps() + " steps, but an epoch has " + epochSteps);
    }
    Weights weights = checkpoint.state().weights();
    checkSize("parameters", weights.parameters(), network.parameterCount());
    checkSize("running statistics", weights.buffers(), network.bufferCount());
    weights.notFinite(network).ifPresent(
        value -> {
          throw new IllegalArgumentException(value);
        });
    network.buffers().stream()
        .filter(spec -> spec.name().endsWith(".running_var"))
        .forEach(spec -> checkVariances(spec.name(), weights.buffers(), spec.offset(), spec.offset() + spec.size()));
    optimizer.check(weights.parameters().length, checkpoint.state().optimizer());
  }

  private void checkSize(String what, float[] values, int size) {
    if (values.length != size) {
      throw new IllegalArgumentException(network.name() + " has " + size + " " + what + ", not " + values.length);
    }
  }

  private static void checkVariances(String name, float[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      if (values[i] < 0) {
        throw new IllegalArgumentException("a variance of '" + name + "' is " + values[i]);
      }
    }
  }
}
