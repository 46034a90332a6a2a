// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import io.github.arturo4j.host.dataset.DatasetConfig;
import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.optimizer.GroupOverride;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.layer.Initialization;
import io.github.arturo4j.models.spec.Model;
import java.util.List;

/** An {@link Experiment} in the making, from another one. */
public final class ExperimentBuilder {
  private String name;
  private final Model model;
  private final DatasetConfig dataset;
  private final Augmentation augmentation;
  private final Normalization normalization;
  private Loss loss;
  private List<String> metrics;
  private int epochs;
  private int batchSize;
  private long seed;
  private Schedule schedule;
  private OptimizerConfig optimizer;
  private Integer microBatch;
  private Clipping clipping;
  private List<GroupOverride> groups;
  private Initialization initialization;
  private Double validation;
  private Integer patience;
  private Integer trainEvaluation;
  private List<Integer> evaluateAt;

  ExperimentBuilder(Experiment from) {
    name = from.name();
    model = from.model();
    dataset = from.dataset();
    augmentation = from.augmentation();
    normalization = from.normalization();
    loss = from.loss();
    metrics = from.metrics();
    epochs = from.epochs();
    batchSize = from.batchSize();
    seed = from.seed();
    schedule = from.schedule();
    optimizer = from.optimizer();
    microBatch = from.microBatch();
    clipping = from.clipping();
    groups = from.groups();
    initialization = from.initialization();
    validation = from.validation();
    patience = from.patience();
    trainEvaluation = from.trainEvaluation();
    evaluateAt = from.evaluateAt();
  }

  /** See {@link Experiment#name}. */
  public ExperimentBuilder name(String changed) {
    name = changed;
    return this;
  }

  /** See {@link Experiment#loss}. */
  public ExperimentBuilder loss(Loss changed) {
    loss = changed;
    return this;
  }

  /** See {@link Experiment#metrics}. */
  public ExperimentBuilder metrics(List<String> changed) {
    metrics = changed;
    return this;
  }

  /** See {@link Experiment#epochs}. */
  public ExperimentBuilder epochs(int changed) {
    epochs = changed;
    return this;
  }

  /** See {@link Experiment#batchSize}. */
  public ExperimentBuilder batchSize(int changed) {
    batchSize = changed;
    return this;
  }

  /** See {@link Experiment#seed}. */
  public ExperimentBuilder seed(long changed) {
    seed = changed;
    return this;
  }

  /** See {@link Experiment#schedule}. */
  public ExperimentBuilder schedule(Schedule changed) {
    schedule = changed;
    return this;
  }

  /** See {@link Experiment#optimizer}. */
  public ExperimentBuilder optimizer(OptimizerConfig changed) {
    optimizer = changed;
    return this;
  }

  /** See {@link Experiment#microBatch}. */
  public ExperimentBuilder microBatch(Integer changed) {
    microBatch = changed;
    return this;
  }

  /** See {@link Experiment#clipping}. */
  public ExperimentBuilder clipping(Clipping changed) {
    clipping = changed;
    return this;
  }

  /** See {@link Experiment#groups}. */
  public ExperimentBuilder groups(List<GroupOverride> changed) {
    groups = changed;
    return this;
  }

  /** See {@link Experiment#initialization}. */
  public ExperimentBuilder initialization(Initialization changed) {
    initialization = changed;
    return this;
  }

  /** See {@link Experiment#validation}. */
  public ExperimentBuilder validation(Double changed) {
    validation = changed;
    return this;
  }

  /** See {@link Experiment#trainEvaluation}. */
  public ExperimentBuilder trainEvaluation(Integer changed) {
    trainEvaluation = changed;
    return this;
  }

  /** See {@link Experiment#evaluateAt}. */
  public ExperimentBuilder evaluateAt(List<Integer> changed) {
    evaluateAt = changed;
    return this;
  }

  /** See {@link Experiment#patience}. */
  public ExperimentBuilder patience(Integer changed) {
    patience = changed;
    return this;
  }

  /**
   * The experiment.
   *
   * @throws IllegalArgumentException if a value is out of its range; one line
   */
  public Experiment build() {
    return new Experiment(
        name, model, dataset, augmentation, normalization, loss, metrics, epochs, batchSize, seed, schedule, optimizer,
        microBatch, clipping, groups, initialization, validation, patience,
        trainEvaluation, evaluateAt);
  }
}
