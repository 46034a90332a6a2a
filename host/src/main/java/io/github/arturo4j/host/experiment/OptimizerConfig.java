// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.Require;
import java.util.List;

/** The optimizer of an experiment; in a file, {@code name} says which. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = OptimizerConfig.TYPE)
@JsonSubTypes({
  @JsonSubTypes.Type(value = ArturoConfig.class, name = ArturoConfig.NAME),
  @JsonSubTypes.Type(value = AdamConfig.class, name = AdamConfig.NAME),
  @JsonSubTypes.Type(value = AdamWConfig.class, name = AdamWConfig.NAME),
  @JsonSubTypes.Type(value = SgdConfig.class, name = SgdConfig.NAME)
})
public sealed interface OptimizerConfig permits ArturoConfig, AdamConfig, AdamWConfig, SgdConfig {
  /** The key that says which optimizer it is. */
  String TYPE = "name";

  /** How messages call a learning rate. */
  String LEARNING_RATE = "optimizer.learningRate (--learning-rate)";

  /** The names there are. */
  static List<String> names() {
    return List.of(ArturoConfig.NAME, AdamConfig.NAME, AdamWConfig.NAME, SgdConfig.NAME);
  }

  /** The optimizer's name, as in a file. */
  String name();

  /** The name, and what else tells its variants apart. */
  default String label() {
    return name();
  }

  /** The rate before the schedule's first milestone: a KL bound in nats for arTuRO, a learning rate for the others. */
  double initialRate();

  /** Checks the range of a scheduled rate; its message begins with {@code name}. */
  default void checkRate(String name, double rate) {
    Require.positive(name, rate);
  }

  /** The same with another initial rate. */
  OptimizerConfig withInitialRate(double rate);

  /** What to try if a training diverges. */
  default String remedy() {
    return "a smaller --learning-rate";
  }

  /** A new optimizer, for one plan. */
  Optimizer create();
}
