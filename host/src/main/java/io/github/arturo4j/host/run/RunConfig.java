// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.layer.Shape;
import java.util.List;
import java.util.Map;

/**
 * What is in a run's {@code config.yaml}.
 *
 * @param input shape of what the network takes; null, in runs of earlier versions, for that of its data set
 * @param classes classes of the network; null, in runs of earlier versions, for as many as its data set has
 * @param weights the file of the weights that it began with; null for random ones
 * @param data the images that it uses; null in runs of earlier versions
 * @param limitTrain how many of the training images are used; null for all
 * @param limitTest how many of the test images are used; null for all
 * @param environment versions and device of the run's beginning
 */
public record RunConfig(
    Experiment experiment,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<Integer> input,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer classes,
    @JsonInclude(JsonInclude.Include.NON_NULL) InitialWeights weights,
    @JsonInclude(JsonInclude.Include.NON_NULL) RunData data,
    @JsonSetter(nulls = Nulls.SET) Integer limitTrain,
    @JsonSetter(nulls = Nulls.SET) Integer limitTest,
    Map<String, String> environment) {
  /** Checks the values. */
  public RunConfig {
    if (input != null && (input.isEmpty() || input.stream().anyMatch(size -> size == null || size < 1))) {
      throw new IllegalArgumentException("input is " + input + "; it must be sizes of at least 1, such as [3, 32, 32]");
    }
    if (classes != null && classes < 2) {
      throw new IllegalArgumentException("classes is " + classes + "; it must be at least 2");
    }
    checkLimit("limitTrain", limitTrain);
    checkLimit("limitTest", limitTest);
  }

  private static void checkLimit(String key, Integer limit) {
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException(key + " is " + limit + "; it must be at least 1, or null for all images");
    }
  }

  /** The run's network. */
  public Network network() {
    Network published = experiment.network();
    return experiment.network(
        input == null ? published.input() : new Shape(input.stream().mapToInt(Integer::intValue).toArray()),
        classes == null ? published.outputs() : classes);
  }

  /** The same for another experiment, which differs in what may be changed, or in a comparison. */
  public RunConfig with(Experiment other) {
    return new RunConfig(other, input, classes, weights, data, limitTrain, limitTest, environment);
  }

  /** The same with the weights of a file to begin with. */
  public RunConfig with(InitialWeights file) {
    return new RunConfig(experiment, input, classes, file, data, limitTrain, limitTest, environment);
  }

  /** The same with those images. */
  public RunConfig with(RunData images) {
    return new RunConfig(experiment, input, classes, weights, images, limitTrain, limitTest, environment);
  }

  /** The same in the environment where another run began. */
  public RunConfig with(Map<String, String> other) {
    return new RunConfig(experiment, input, classes, weights, data, limitTrain, limitTest, other);
  }
}
