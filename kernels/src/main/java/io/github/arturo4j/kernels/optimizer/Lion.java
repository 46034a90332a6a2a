// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Lion: Chen et al., "Symbolic Discovery of Optimization Algorithms", NeurIPS 2023 (arXiv 2302.06675), algorithm 2. Every
 * parameter moves by the learning rate, in the direction of the sign of a mean of old gradients and the new one, with
 * decoupled weight decay: c = β₁m + (1 − β₁)g; θ ← θ − rate·(sign(c) + weightDecay·θ); m ← β₂m + (1 − β₂)g. One launch a
 * step. Its rate is three to ten times less than AdamW's, and the decay as much greater.
 */
public final class Lion extends ElementwiseOptimizer {
  /** Index in the control array: the learning rate. */
  private static final int RATE = 1;

  /** Index in the control array: 1 − rate·weightDecay. */
  private static final int DECAY = 2;

  /** Index in the control array: β₁. */
  private static final int BETA1 = 3;

  /** Index in the control array: 1 − β₁. */
  private static final int REST1 = 4;

  /** Index in the control array: β₂. */
  private static final int BETA2 = 5;

  /** Index in the control array: 1 − β₂. */
  private static final int REST2 = 6;

  private static final int SIZE = 7;

  private final Config config;

  /** The hyperparameters of {@link Lion}; the defaults are the paper's. */
  public record Config(
      @Hyperparameter(value = "learning rate before the schedule", range = Range.POSITIVE)
          double learningRate,
      @Hyperparameter(value = "share of the momentum in the direction of the step", range = Range.SHARE)
          double beta1,
      @Hyperparameter(value = "share of the old momentum in the new one", range = Range.SHARE)
          double beta2,
      @Hyperparameter(value = "decoupled weight decay, multiplied by the learning rate", range = Range.NOT_NEGATIVE)
          double weightDecay)
      implements OptimizerConfig {
    /** Checks every range. */
    public Config {
      Hyperparameters.check(Config.class, learningRate, beta1, beta2, weightDecay);
      Require.decay("learningRate", learningRate, weightDecay);
    }

    /** The defaults. */
    public Config() {
      this(new Builder());
    }

    private Config(Builder b) {
      this(b.learningRate, b.beta1, b.beta2, b.weightDecay);
    }

    /** A builder that begins with the defaults. */
    public static Builder builder() {
      return new Builder();
    }

    @Override
    public String name() {
      return "lion";
    }

    @Override
    public Lion create(KernelShape shape) {
      return new Lion(this, shape);
    }
  }

  /** Takes the values one by one; what is not given is as in the defaults. */
  public static final class Builder {
    private double learningRate = 1e-4;
    private double beta1 = 0.9;
    private double beta2 = 0.99;
    private double weightDecay = 0;

    private Builder() {}

    /** See {@link Config#learningRate}. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** See {@link Config#beta1}. */
    public Builder beta1(double value) {
      beta1 = value;
      return this;
    }

    /** See {@link Config#beta2}. */
    public Builder beta2(double value) {
      beta2 = value;
      return this;
    }

    /** See {@link Config#weightDecay}. */
    public Builder weightDecay(double value) {
      weightDecay = value;
      return this;
    }

    /** The values, if they are in their ranges. */
    public Config build() {
      return new Config(this);
    }
  }

  /** An optimizer with a state of its own, for one graph, in the graph's shape. */
  public Lion(Config config) {
    this(config, null);
  }

  /** One in that shape, or for null as above. */
  public Lion(Config config, KernelShape shape) {
    super(config.name(), shape, SIZE, "momentum");
    this.config = config;
    control(BETA1, config.beta1());
    control(REST1, 1 - config.beta1());
    control(BETA2, config.beta2());
    control(REST2, 1 - config.beta2());
  }

  @Override
  protected Cost cost(int n) {
    return Cost.elements(n, 12, 3, 2);
  }

  @Override
  protected void addLoop(TaskGraphInterface graph, String task, Parameters p, FloatArray[] state) {
    graph.task(task, Lion::update, control(), p.values(), p.gradients(), state[0]);
  }

  @Override
  public void prepare(long step, double learningRate) {
    Require.positive("the learning rate", learningRate);
    Require.decay("the learning rate", learningRate, config.weightDecay());
    control(RATE, learningRate);
    control(DECAY, 1 - learningRate * config.weightDecay());
  }

  /**
   * The step. OpenCL's sign of a NaN is 0, which would hide that a training has diverged; c·0 keeps it, as it does an infinite
   * one.
   *
   * @param control see the indices
   * @param parameters θ, n values, as all that follow
   * @param gradients g but for its scale
   */
  static void update(
      FloatArray control,
      FloatArray parameters,
      FloatArray gradients,
      FloatArray momentum) {
    float scale = control.get(Optimizer.GRADIENT_SCALE);
    float rate = control.get(RATE);
    float decay = control.get(DECAY);
    float beta1 = control.get(BETA1);
    float rest1 = control.get(REST1);
    float beta2 = control.get(BETA2);
    float rest2 = control.get(REST2);
    for (@Parallel int i = 0; i < parameters.getSize(); i++) {
      float p = parameters.get(i);
      float g = scale * gradients.get(i);
      float m = momentum.get(i);
      float c = beta1 * m + rest1 * g;
      momentum.set(i, beta2 * m + rest2 * g);
      parameters.set(i, decay * p - rate * (TornadoMath.signum(c) + c * 0f));
    }
  }
}
