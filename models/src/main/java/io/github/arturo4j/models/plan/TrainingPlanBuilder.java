// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.Single;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.optimizer.GradientClipping;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.metric.Metric;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** What a {@link TrainingPlan} is made of. */
public final class TrainingPlanBuilder {
  private static final int BATCH = 128;
  private static final int EVALUATION_BATCH = 500;

  private final Network network;
  private final Optimizer optimizer;
  private final Examples examples;
  private final TornadoDevice device;
  private DeviceTraits traits;
  private Preprocessing preprocessing = Preprocessing.NONE;
  private Weights initial;
  private Objective objective = Objective.DEFAULT;
  private Examples evaluated;
  private int batchSize;
  private int microBatch;
  private int evaluationBatch = EVALUATION_BATCH;
  private long seed;
  private GradientClipping clipping = GradientClipping.NONE;
  private Collective ranks = Single.INSTANCE;
  private Integer bucket;

  TrainingPlanBuilder(Network network, Optimizer optimizer, Examples examples, TornadoDevice device) {
    this.network = network;
    this.optimizer = optimizer;
    this.examples = examples;
    this.device = device;
    traits = DeviceTraits.of(device);
    batchSize = Math.min(BATCH, examples.count());
  }

  /** How images become the network's input; at first, they are divided by 255 and no more. */
  public TrainingPlanBuilder preprocessing(Preprocessing chosen) {
    preprocessing = chosen;
    return this;
  }

  /** What the kernels are chosen for; at first the device's own traits. */
  public TrainingPlanBuilder traits(DeviceTraits chosen) {
    traits = chosen;
    return this;
  }

  /** What is made small; at first {@link io.github.arturo4j.kernels.loss.CrossEntropy}. */
  public TrainingPlanBuilder loss(Loss chosen) {
    objective = new Objective(chosen, objective.metrics());
    return this;
  }

  /** What evaluations measure beside the loss; at first {@link io.github.arturo4j.models.metric.Metrics#defaults}. */
  public TrainingPlanBuilder metrics(List<Metric> chosen) {
    objective = new Objective(objective.loss(), chosen);
    return this;
  }

  /**
   * Where it begins; at first, at new weights of the seed.
   *
   * @throws IllegalArgumentException if they are another network's
   */
  public TrainingPlanBuilder initial(Weights weights) {
    check(network.parameterCount(), "parameters", weights.parameters());
    check(network.bufferCount(), "running statistics", weights.buffers());
    initial = weights;
    return this;
  }

  /** The same with these parameters, and running statistics as of a new network. */
  public TrainingPlanBuilder initial(float[] parameters) {
    return initial(new Weights(parameters, network.initialBuffers()));
  }

  private void check(int size, String what, float[] values) {
    if (values.length != size) {
      throw new IllegalArgumentException(network.name() + " has " + size + " " + what + ", not " + values.length);
    }
  }

  /**
   * Examples of a full batch; at first 128, or all if there are fewer.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public TrainingPlanBuilder batchSize(int size) {
    batchSize = positive("batch size", size);
    return this;
  }

  /**
   * Examples whose gradients are computed at the same time; a batch of more is computed in several goes, whose gradients
   * add up to those of the batch, but for the rounding of floats. Activations take the memory of so many examples. Where a
   * network normalises over the examples of a batch, it does so over those of a micro-batch. At first, a whole batch.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public TrainingPlanBuilder microBatch(int size) {
    microBatch = positive("micro-batch", size);
    return this;
  }

  private static int positive(String what, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(what + " is " + size + "; it must be at least 1");
    }
    return size;
  }

  /** Limits of a batch's gradient; at first none. */
  public TrainingPlanBuilder clipping(GradientClipping limits) {
    clipping = limits;
    return this;
  }

  /**
   * The processes that train together, each with a plan of its own, made of the same values: a batch's rows, and those of an
   * evaluation, are divided among them. The mathematics is that of one process, but for the order of sums, and that networks
   * which normalise over the examples of a batch do so over those of a rank, as over those of a {@linkplain #microBatch micro-batch}. Each
   * rank has the optimizer's state of its share of the parameters alone, where that {@linkplain Optimizer#block can be divided}.
   * At first, one process.
   */
  public TrainingPlanBuilder ranks(Collective together) {
    ranks = together;
    return this;
  }

  /**
   * Values of the gradient at least that several ranks add up at once, while the way back goes on. At first, what takes a network
   * some milliseconds, and all where processors compute, since these have enough to do.
   */
  TrainingPlanBuilder bucket(int values) {
    bucket = values;
    return this;
  }

  /** Of the initial weights, dropout and augmentation; at first 0. */
  public TrainingPlanBuilder seed(long chosen) {
    seed = chosen;
    return this;
  }

  /** Has the plan evaluate, too: on the training set, and on these examples, which lie beside it on the device. */
  public TrainingPlanBuilder evaluating(Examples others) {
    evaluated = others;
    return this;
  }

  /**
   * Examples that are evaluated at the same time; at first 500.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public TrainingPlanBuilder evaluationBatch(int size) {
    evaluationBatch = positive("evaluation batch", size);
    return this;
  }

  /**
   * The plan.
   *
   * @throws IllegalArgumentException if the network, the examples, the loss and the metrics do not fit together; one line
   */
  public TrainingPlan build() {
    return new TrainingPlan(this);
  }

  int bucket() {
    if (bucket != null) {
      return bucket;
    }
    return traits.shape() == KernelShape.GROUPS ? Bucket.VALUES : Integer.MAX_VALUE;
  }

  Network network() {
    return network;
  }

  Optimizer optimizer() {
    return optimizer;
  }

  TornadoDevice device() {
    return device;
  }

  DeviceTraits traits() {
    return traits;
  }

  Preprocessing preprocessing() {
    return preprocessing;
  }

  Weights initial() {
    return initial == null ? network.initialWeights(seed) : initial;
  }

  Objective objective() {
    if (evaluated != null) {
      objective.of(network, evaluated);
    }
    return objective.of(network, examples);
  }

  DeviceExamples resident() {
    return evaluated == null || evaluated == examples
        ? new DeviceExamples(examples)
        : new DeviceExamples(examples, evaluated);
  }

  boolean evaluates() {
    return evaluated != null;
  }

  int batchSize() {
    return batchSize;
  }

  int microBatch() {
    return microBatch == 0 ? batchSize : Math.min(microBatch, batchSize);
  }

  int evaluationBatch() {
    return Math.min(evaluationBatch, Math.max(examples.count(), evaluated.count()));
  }

  Collective ranks() {
    return ranks;
  }

  GradientClipping clipping() {
    return clipping;
  }

  long seed() {
    return seed;
  }
}
