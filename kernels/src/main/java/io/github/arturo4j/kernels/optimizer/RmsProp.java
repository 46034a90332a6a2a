// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import java.util.Map;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * RMSprop: Tieleman and Hinton, "Lecture 6.5", COURSERA: Neural Networks for Machine Learning, 2012; in the convention of
 * PyTorch's {@code torch.optim.RMSprop} that is not centered, with ε outside the root, and momentum on what the root has
 * divided: s ← αs + (1 − α)g²; v ← momentum·v + g/(√s + ε); θ ← θ − rate·v, where g contains weightDecay·θ. One launch a
 * step.
 */
public final class RmsProp extends ElementwiseOptimizer {
  /** Index in the control array: the learning rate. */
  private static final int RATE = 1;

  /** Index in the control array: α. */
  private static final int ALPHA = 2;

  /** Index in the control array: 1 − α, which as a float is closer to it than what a float's α leaves. */
  private static final int REST = 3;

  /** Index in the control array: ε. */
  private static final int EPS = 4;

  /** Index in the control array: the momentum. */
  private static final int MOMENTUM = 5;

  /** Index in the control array: the weight decay. */
  private static final int WEIGHT_DECAY = 6;

  private static final int SIZE = 7;

  private final Config config;

  /** The hyperparameters of {@link RmsProp}; the defaults are PyTorch's. */
  public record Config(
      @Hyperparameter(value = "learning rate before the schedule", range = Range.POSITIVE)
          double learningRate,
      @Hyperparameter(value = "share of the old mean of squared gradients in the new one", range = Range.SHARE)
          double alpha,
      @Hyperparameter(value = "added to the root of that mean", range = Range.POSITIVE)
          double eps,
      @Hyperparameter(value = "share of the old velocity in the new one", range = Range.SHARE)
          double momentum,
      @Hyperparameter(value = "factor of the weight that is added to its gradient", range = Range.NOT_NEGATIVE)
          double weightDecay)
      implements OptimizerConfig {
    /** Checks every range. */
    public Config {
      Hyperparameters.check(Config.class, learningRate, alpha, eps, momentum, weightDecay);
    }

    /** The defaults. */
    public Config() {
      this(new Builder());
    }

    private Config(Builder b) {
      this(b.learningRate, b.alpha, b.eps, b.momentum, b.weightDecay);
    }

    /** A builder that begins with the defaults. */
    public static Builder builder() {
      return new Builder();
    }

    @Override
    public String name() {
      return "rmsprop";
    }

    @Override
    public RmsProp create(KernelShape shape) {
      return new RmsProp(this, shape);
    }
  }

  /** Takes the values one by one; what is not given is as in the defaults. */
  public static final class Builder {
    private double learningRate = 0.01;
    private double alpha = 0.99;
    private double eps = 1e-8;
    private double momentum = 0;
    private double weightDecay = 0;

    private Builder() {}

    /** See {@link Config#learningRate}. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** See {@link Config#alpha}. */
    public Builder alpha(double value) {
      alpha = value;
      return this;
    }

    /** See {@link Config#eps}. */
    public Builder eps(double value) {
      eps = value;
      return this;
    }

    /** See {@link Config#momentum}. */
    public Builder momentum(double value) {
      momentum = value;
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
  public RmsProp(Config config) {
    this(config, null);
  }

  /** One in that shape, or for null as above. */
  public RmsProp(Config config, KernelShape shape) {
    super(config.name(), shape, SIZE, "meanSquare", "velocity");
    this.config = config;
    control(ALPHA, config.alpha());
    control(REST, 1 - config.alpha());
    control(EPS, config.eps());
    control(MOMENTUM, config.momentum());
    control(WEIGHT_DECAY, config.weightDecay());
  }

  @Override
  protected Cost cost(int n) {
    return Cost.elements(n, 12, 4, 3);
  }

  @Override
  protected void addLoop(TaskGraphInterface graph, String task, Parameters p, FloatArray[] state) {
    graph.task(task, RmsProp::update, control(), p.values(), p.gradients(), state[0], state[1]);
  }

  @Override
  public void prepare(long step, double learningRate) {
    Require.positive("the learning rate", learningRate);
    control(RATE, learningRate);
  }

  @Override
  public void check(int parameters, Map<String, float[]> saved) {
    new StateCheck().notNegative("meanSquare", parameters).numbers("velocity", parameters).check(saved);
  }

  /**
   * The step.
   *
   * @param control see the indices
   * @param parameters θ, n values, as all that follow
   * @param gradients g but for its scale
   */
  static void update(
      FloatArray control,
      FloatArray parameters,
      FloatArray gradients,
      FloatArray meanSquare,
      FloatArray velocity) {
    float scale = control.get(Optimizer.GRADIENT_SCALE);
    float rate = control.get(RATE);
    float alpha = control.get(ALPHA);
    float rest = control.get(REST);
    float eps = control.get(EPS);
    float momentum = control.get(MOMENTUM);
    float weightDecay = control.get(WEIGHT_DECAY);
    for (@Parallel int i = 0; i < parameters.getSize(); i++) {
      float p = parameters.get(i);
      float g = scale * gradients.get(i) + weightDecay * p;
      float s = alpha * meanSquare.get(i) + rest * (g * g);
      float v = momentum * velocity.get(i) + g / (TornadoMath.sqrt(s) + eps);
      meanSquare.set(i, s);
      velocity.set(i, v);
      parameters.set(i, p - rate * v);
    }
  }
}
