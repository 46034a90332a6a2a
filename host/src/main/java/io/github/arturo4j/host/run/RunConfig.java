// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.models.Network;
import java.util.Map;

/**
 * What is in a run's {@code config.yaml}.
 *
 * @param classes classes of the network, in runs of earlier versions; null for as many as its data set has
 * @param schema what the network takes and puts out; null in runs of earlier versions
 * @param weights the file of the weights that it began with; null for random ones
 * @param data the images that it uses; null in runs of earlier versions
 * @param limitTrain how many of the training images are used; null for all
 * @param limitTest how many of the test images are used; null for all
 * @param environment versions and device of the run's beginning
 */
public record RunConfig(
    Experiment experiment,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer classes,
    @JsonInclude(JsonInclude.Include.NON_NULL) DataSchema schema,
    @JsonInclude(JsonInclude.Include.NON_NULL) InitialWeights weights,
    @JsonInclude(JsonInclude.Include.NON_NULL) RunData data,
    @JsonSetter(nulls = Nulls.SET) Integer limitTrain,
    @JsonSetter(nulls = Nulls.SET) Integer limitTest,
    Map<String, String> environment) {
  /** Checks the values. */
  public RunConfig {
    if (classes != null && classes < 2) {
      throw new IllegalArgumentException("classes is " + classes + "; it must be at least 2");
    }
    checkLimit("limitTrain", limitTrain);
    checkLimit("limitTest", limitTest);
  }

  private static void checkLimit(String key, Integer limit) {
    if (limit != null && limit < 1) {
      throw new IllegalArgumentException(key + " is " + limit + "; it must be at least 1, or null for all");
    }
  }

  /** The run's network. */
  public Network network() {
    return experiment.network(known());
  }

  /** What the network takes and puts out, of runs of earlier versions, too. */
  public DataSchema known() {
    if (schema != null) {
      return schema;
    }
    DataSchema published = experiment.dataset().declared().orElseThrow();
    return classes == null ? published : published.withOutputs(classes);
  }

  /** The same for another experiment, which differs in what may be changed, or in a comparison. */
  public RunConfig with(Experiment other) {
    return new RunConfig(other, classes, schema, weights, data, limitTrain, limitTest, environment);
  }

  /** The same with the weights of a file to begin with. */
  public RunConfig with(InitialWeights file) {
    return new RunConfig(experiment, classes, schema, file, data, limitTrain, limitTest, environment);
  }

  /** The same with those images. */
  public RunConfig with(RunData images) {
    return new RunConfig(experiment, classes, schema, weights, images, limitTrain, limitTest, environment);
  }

  /** The same in the environment where another run began. */
  public RunConfig with(Map<String, String> other) {
    return new RunConfig(experiment, classes, schema, weights, data, limitTrain, limitTest, other);
  }
}
