// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.Shape;
import java.util.List;

/** What PyTorch is asked to time; as JSON, {@code work} says which it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "work")
sealed interface Work {
  /**
   * Steps of an optimizer on its own; one time.
   *
   * @param shapes of the tensors that it is given
   * @param runs the time is the median of as many
   */
  @JsonTypeName("optimizer")
  record OptimizerStep(OptimizerConfig optimizer, List<int[]> shapes, int runs) implements Work {}

  /**
   * A convolution forward, backward to its input and backward to its weights; three times.
   *
   * @param runs each time is the median of as many
   */
  @JsonTypeName("convolution")
  record Convolution(ConvolutionShape shape, int runs) implements Work {}

  /**
   * Training steps on random images; the times of forward and backward, and of the optimizer.
   *
   * @param model one of {@link io.github.arturo4j.models.zoo.ModelZoo#names}
   * @param parameters of the network, which PyTorch's must have as many of
   * @param image channels, height, width
   * @param batch images of a step, but what is left in the last one of an epoch
   * @param images of the training set
   * @param runs number of steps
   * @param statistic what is made of their times
   */
  @JsonTypeName("training")
  record Training(
      String model, int classes, int parameters, OptimizerConfig optimizer, List<Integer> image, int batch,
      int images, int runs, Statistic statistic)
      implements Work {
    /** Spelt as in the script. */
    enum Statistic {
      median,
      sum
    }

    static Training of(
        Network network, OptimizerConfig optimizer, int batch, int images, int runs, Statistic statistic) {
      Shape image = network.input();
      return new Training(
          network.name(), network.outputs(), network.parameterCount(), optimizer,
          List.of(image.channels(), image.height(), image.width()), batch, images, runs, statistic);
    }
  }
}
