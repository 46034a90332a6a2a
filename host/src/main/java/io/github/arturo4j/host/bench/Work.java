// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.models.Network;
import java.util.List;

/** What PyTorch is asked to time; as JSON, {@code work} says which it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "work")
sealed interface Work {
  /** How many times it is answered by. */
  int parts();

  /**
   * Steps of an optimizer on its own; one time.
   *
   * @param shapes of the tensors that it is given
   * @param runs the time is the median of as many
   */
  @JsonTypeName("optimizer")
  record OptimizerStep(OptimizerConfig optimizer, List<int[]> shapes, int runs) implements Work {
    @Override
    public int parts() {
      return 1;
    }
  }

  /**
   * A convolution forward, backward to its input and backward to its weights; three times.
   *
   * @param runs each time is the median of as many
   */
  @JsonTypeName("convolution")
  record Convolution(ConvolutionShape shape, int runs) implements Work {
    @Override
    public int parts() {
      return 3;
    }
  }

  /**
   * The products of a fully connected layer: forward, to its input and to its weights; three times.
   *
   * @param batch examples
   * @param inputs values of an example before it
   * @param outputs values behind it
   * @param runs each time is the median of as many
   */
  @JsonTypeName("linear")
  record LinearLayer(int batch, int inputs, int outputs, int runs) implements Work {
    @Override
    public int parts() {
      return 3;
    }
  }

  /**
   * Training steps on random examples; the times of forward and backward, and of the optimizer.
   *
   * @param model the network's name
   * @param outputs classes of an example, or of each of its positions
   * @param parameters of the network, which PyTorch's must have as many of
   * @param input shape of an example
   * @param vocabulary tokens that there are; 0 of a network that takes numbers
   * @param batch examples of a step, but what is left in the last one of an epoch
   * @param examples of the training set
   * @param runs number of steps
   * @param statistic what is made of their times
   */
  @JsonTypeName("training")
  record Training(
      String model, int outputs, int parameters, OptimizerConfig optimizer, int[] input, int vocabulary, int batch,
      int examples, int runs, Statistic statistic)
      implements Work {
    /** Spelt as in the script. */
    enum Statistic {
      median,
      sum
    }

    @Override
    public int parts() {
      return 2;
    }

    static Training of(
        Network network, OptimizerConfig optimizer, int batch, int examples, int runs, Statistic statistic) {
      return new Training(
          network.name(), network.outputs(), network.parameterCount(), optimizer, network.input().sizes(),
          network.vocabulary(), batch, examples, runs, statistic);
    }
  }
}
