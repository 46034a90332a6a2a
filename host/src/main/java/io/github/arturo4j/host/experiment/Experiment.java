// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.dataset.DatasetConfig;
import io.github.arturo4j.host.dataset.Holdout;
import io.github.arturo4j.host.dataset.PublishedDataset;
import io.github.arturo4j.host.dataset.TargetKind;
import io.github.arturo4j.host.schedule.Constant;
import io.github.arturo4j.host.schedule.Progress;
import io.github.arturo4j.host.schedule.Schedule;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.MeanSquaredError;
import io.github.arturo4j.kernels.optimizer.GroupOverride;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.Initialization;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.metric.Accuracy;
import io.github.arturo4j.models.metric.Metric;
import io.github.arturo4j.models.metric.Metrics;
import io.github.arturo4j.models.metric.Rmse;
import io.github.arturo4j.models.plan.Objective;
import io.github.arturo4j.models.plan.TrainingPlan;
import io.github.arturo4j.models.plan.TrainingPlanBuilder;
import io.github.arturo4j.models.spec.Model;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.util.HashSet;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * What is trained, on what, and how.
 *
 * @param name the experiment's name
 * @param model its network: one of the {@link io.github.arturo4j.models.zoo.ModelZoo}, or layers of the user's own
 * @param dataset its data: a published set, or the user's own
 * @param augmentation random changes of the training images; null for none
 * @param normalization of all images; null for none
 * @param loss what is made small; null for {@link CrossEntropy} without smoothing and weights
 * @param metrics names of what evaluations measure beside it, see {@link Metrics}, the one that runs are compared by first;
 *     null for those that the targets have by default
 * @param epochs passes over the training set
 * @param batchSize images of a step; the last step of an epoch takes what is left
 * @param seed of the initial weights, the order of the images, augmentation and dropout
 * @param schedule how the optimizer's rate changes; null for {@link Constant}: not at all
 * @param microBatch images whose gradients are computed at the same time, see {@link
 *     io.github.arturo4j.models.plan.TrainingPlanBuilder#microBatch}; null for those of a step
 * @param clipping limits of a step's gradient; null for none
 * @param groups parameters with values of their own, or frozen; null for none
 * @param initialization how all weights begin; null for as the layers say
 * @param validation share of the training examples that is held out, and that epochs are judged by; null for none
 * @param patience epochs without a better one after which the training ends; null for all epochs
 * @param trainEvaluation training examples that each epoch is evaluated on, spread evenly over them; null for all
 * @param evaluateAt steps of the whole training, rising from 1, after which it is evaluated on what epochs are judged by, too; null
 *     for none
 */
@JsonIgnoreProperties("search") // the section of a file that says what a search for values tries, see host.tune
public record Experiment(
    String name,
    Model model,
    DatasetConfig dataset,
    @JsonInclude(JsonInclude.Include.NON_NULL) Augmentation augmentation,
    @JsonInclude(JsonInclude.Include.NON_NULL) Normalization normalization,
    @JsonInclude(JsonInclude.Include.NON_NULL) Loss loss,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<String> metrics,
    int epochs,
    int batchSize,
    long seed,
    @JsonInclude(JsonInclude.Include.NON_NULL) Schedule schedule,
    OptimizerConfig optimizer,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer microBatch,
    @JsonInclude(JsonInclude.Include.NON_NULL) Clipping clipping,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<GroupOverride> groups,
    @JsonInclude(JsonInclude.Include.NON_NULL) Initialization initialization,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double validation,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer patience,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer trainEvaluation,
    @JsonInclude(JsonInclude.Include.NON_NULL) List<Integer> evaluateAt) {
  /** Images of a step at most: the widest activation of the networks, 32×32×32, of more would not fit in an array. */
  public static final int MAX_IMAGES = 65_535;

  /** Checks the values. */
  public Experiment {
    if (name == null || !FolderName.fits(name)) {
      throw new IllegalArgumentException(
          "name is '" + name + "', which becomes the name of a folder; it must be of " + FolderName.RULE);
    }
    if (model == null) {
      throw new IllegalArgumentException("model is missing");
    }
    if (dataset == null) {
      throw new IllegalArgumentException("dataset is missing");
    }
    loss = dataset instanceof PublishedDataset && new CrossEntropy().equals(loss) ? null : loss;
    metrics = metrics == null ? null : List.copyOf(metrics);
    checkMetrics(metrics);
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs (--epochs) is " + epochs + "; it must be at least 1");
    }
    if (batchSize < 1 || batchSize > MAX_IMAGES) {
      throw new IllegalArgumentException(
          "batchSize (--batch-size) is " + batchSize + "; it must be between 1 and " + MAX_IMAGES);
    }
    schedule = schedule == null ? new Constant() : schedule;
    if (optimizer == null) {
      throw new IllegalArgumentException("optimizer is missing");
    }
    if (microBatch != null && (microBatch < 1 || microBatch > batchSize)) {
      throw new IllegalArgumentException(
          "microBatch (--micro-batch) is " + microBatch + "; it must be between 1 and batchSize, " + batchSize);
    }
    groups = groups == null || groups.isEmpty() ? null : List.copyOf(groups);
    checkRates(1, schedule, optimizer, epochs);
    if (validation != null && !(validation > 0 && validation < 1)) {
      throw new IllegalArgumentException("validation (--validation) is " + validation + "; it must be between 0 and 1");
    }
    if (patience != null && patience < 1) {
      throw new IllegalArgumentException("patience (--patience) is " + patience + "; it must be at least 1");
    }
    if (trainEvaluation != null && trainEvaluation < 1) {
      throw new IllegalArgumentException(
          "trainEvaluation (--train-evaluation) is " + trainEvaluation + "; it must be at least 1");
    }
    evaluateAt = evaluateAt == null || evaluateAt.isEmpty() ? null : evaluateAt;
    checkSteps(evaluateAt);
    evaluateAt = evaluateAt == null ? null : List.copyOf(evaluateAt);
    DataSchema declared = dataset.declared().orElse(null);
    if (declared != null) {
      check(network(model, name, initialization, declared), new Preprocessing(augmentation, normalization), optimizer, groups);
    }
  }

  /** The shape of the images that it is for: of a network of the paper that which it was published with; null for any. */
  public Shape input() {
    return model.isNamed() && ModelZoo.ofPaper().contains(model.name()) ? ModelZoo.input(model.name()) : null;
  }

  /**
   * The network for data.
   *
   * @throws IllegalArgumentException if a layer cannot take what it is given; one line
   */
  public Network network(DataSchema data) {
    return network(model, name, initialization, data);
  }

  private static Network network(Model model, String name, Initialization initialization, DataSchema data) {
    Network network = model.network(name, data.shape(), data.outputs());
    return initialization == null ? network : network.initializedBy(initialization);
  }

  /** The network for data that the experiment {@linkplain DatasetConfig#declared tells} enough of. */
  public Network network() {
    return network(dataset.declared().orElseThrow());
  }

  /** What of the training examples is held out; null for nothing. */
  public Holdout holdout() {
    return validation == null ? null : new Holdout(validation, seed);
  }

  /** The same, with loss and metrics said that were left to the data of the user's own. */
  public Experiment resolved(DataSchema data) {
    if (dataset instanceof PublishedDataset) {
      return this;
    }
    boolean classes = data.targets() != TargetKind.values;
    return change()
        .loss(loss != null ? loss : classes ? new CrossEntropy() : new MeanSquaredError())
        .metrics(metrics != null ? metrics : List.of((classes ? new Accuracy() : new Rmse()).name()))
        .build();
  }

  /**
   * Checks that the rest of the experiment fits its network.
   *
   * @throws IllegalArgumentException if not; the message begins with the key of an experiment's file
   */
  public void check(Network network) {
    check(network, preprocessing(), optimizer, groups);
  }

  private static void check(
      Network network, Preprocessing preprocessing, OptimizerConfig optimizer, List<GroupOverride> groups) {
    preprocessing.checkFits(network.input());
    if (groups != null) {
      try {
        GroupOverride.optimizer(optimizer, groups, network.slices());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("groups (--group, --freeze): " + e.getMessage(), e);
      }
    }
  }

  /** A new optimizer of a network's parameters. */
  public Optimizer optimizer(Network network) {
    return GroupOverride.optimizer(optimizer, groups == null ? List.of() : groups, network.slices());
  }

  /** What a plan is made of that trains a network as this experiment says, with new weights of its seed. */
  public TrainingPlanBuilder plan(Network network, Examples examples, TornadoDevice device) {
    Objective objective = objective();
    int size = Math.min(batchSize, examples.count());
    return TrainingPlan.builder(network, optimizer(network), examples, device)
        .preprocessing(preprocessing())
        .loss(objective.loss())
        .metrics(objective.metrics())
        .batchSize(size)
        .microBatch(microBatch == null ? size : microBatch)
        .clipping(Clipping.of(clipping))
        .seed(seed);
  }

  private static void checkMetrics(List<String> metrics) {
    if (metrics == null) {
      return;
    }
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException(
          "metrics is empty; leave it out, or name some of: " + String.join(", ", Metrics.names()));
    }
    for (String name : metrics) {
      if (!Metrics.names().contains(name)) {
        throw new IllegalArgumentException(
            "metrics has '" + name + "'; there are: " + String.join(", ", Metrics.names()));
      }
    }
    if (new HashSet<>(metrics).size() < metrics.size()) {
      throw new IllegalArgumentException("metrics is " + metrics + ", with one twice; leave it out");
    }
  }

  private static void checkSteps(List<Integer> evaluateAt) {
    int before = 0;
    for (Integer step : evaluateAt == null ? List.<Integer>of() : evaluateAt) {
      if (step == null || step <= before) {
        throw new IllegalArgumentException(
            "evaluateAt (--evaluate-at) is " + evaluateAt + "; it must be steps from 1 on, each greater than the one before");
      }
      before = step;
    }
  }

  /**
   * Checks the rates at both ends of the training, between which no schedule of this library goes lower.
   *
   * @param steps of an epoch
   * @throws IllegalArgumentException if one is not in the optimizer's range; one line
   */
  public void checkRates(int steps) {
    checkRates(steps, schedule, optimizer, epochs);
  }

  private static void checkRates(int steps, Schedule schedule, OptimizerConfig optimizer, int epochs) {
    String name = "schedule is " + schedule.label() + ", so that the rate of the ";
    double initial = optimizer.initialRate();
    optimizer.checkRate(name + "first step", schedule.rate(initial, Progress.of(1, 0, steps, epochs)));
    optimizer.checkRate(name + "last step", schedule.rate(initial, Progress.of(epochs, steps - 1, steps, epochs)));
  }

  /** What to try if a training diverges. */
  public String remedy() {
    String smaller = "a smaller " + RateOption.of(optimizer);
    return optimizer instanceof ArturoHyperparameters arturo && arturo.mode() == Mode.PAPER
        ? "--mode robust or " + smaller
        : smaller;
  }

  /** Steps of an epoch over so many training images. */
  public int steps(int images) {
    return Math.ceilDiv(images, Math.min(batchSize, images));
  }

  /** How the images become the network's input. */
  public Preprocessing preprocessing() {
    return new Preprocessing(augmentation, normalization);
  }

  /** What is made small, and what evaluations measure. */
  public Objective objective() {
    return new Objective(
        loss == null ? new CrossEntropy() : loss, metrics == null ? null : metrics.stream().map(Metrics::of).toList());
  }

  /** The metrics of an experiment that is {@link #resolved}. */
  public List<Metric> measured() {
    return objective().metrics() == null ? List.of(new Accuracy()) : objective().metrics();
  }

  /** The same with what is not null replaced. */
  public Experiment with(Integer newEpochs, Integer newBatchSize, Long newSeed, OptimizerConfig newOptimizer) {
    return change()
        .epochs(newEpochs == null ? epochs : newEpochs)
        .batchSize(newBatchSize == null ? batchSize : newBatchSize)
        .seed(newSeed == null ? seed : newSeed)
        .optimizer(newOptimizer)
        .build();
  }

  /** The same with another schedule. */
  public Experiment with(Schedule newSchedule) {
    return change().schedule(newSchedule).build();
  }

  /** What makes another experiment of this one. */
  public ExperimentBuilder change() {
    return new ExperimentBuilder(this);
  }
}
