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
 * Adam with Nesterov's momentum: Dozat, "Incorporating Nesterov Momentum into Adam", ICLR 2016 workshop; as PyTorch's
 * {@code torch.optim.NAdam}. With μₜ = β₁(1 − ½·0.96^(tψ)) and Πₜ = μ₁·…·μₜ: m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²;
 * θ ← θ − rate·((1 − μₜ)/(1 − Πₜ)·g + μₜ₊₁/(1 − Πₜ₊₁)·m) / (√(v/(1 − β₂ᵗ)) + ε), where g contains weightDecay·θ. One
 * launch a step.
 */
public final class NAdam extends ElementwiseOptimizer {
  /** Index in the control array: rate·(1 − μₜ)/(1 − Πₜ). */
  private static final int GRADIENT_STEP = 1;

  /** Index in the control array: rate·μₜ₊₁/(1 − Πₜ₊₁). */
  private static final int MOMENT_STEP = 2;

  /** Index in the control array: 1/√(1 − β₂ᵗ). */
  private static final int ROOT_CORRECTION = 3;

  /** Index in the control array: β₁. */
  private static final int BETA1 = 4;

  /** Index in the control array: 1 − β₁. */
  private static final int REST1 = 5;

  /** Index in the control array: β₂. */
  private static final int BETA2 = 6;

  /** Index in the control array: 1 − β₂. */
  private static final int REST2 = 7;

  /** Index in the control array: ε. */
  private static final int EPS = 8;

  /** Index in the control array: the weight decay. */
  private static final int WEIGHT_DECAY = 9;

  private static final int SIZE = 10;

  private final Config config;

  /** The hyperparameters of {@link NAdam}; the defaults are PyTorch's. */
  public record Config(
      @Hyperparameter(value = "learning rate before the schedule", range = Range.POSITIVE)
          double learningRate,
      @Hyperparameter(value = "share of the old first moment in the new one", range = Range.SHARE)
          double beta1,
      @Hyperparameter(value = "share of the old second moment in the new one", range = Range.SHARE)
          double beta2,
      @Hyperparameter(value = "added to the root of the second moment", range = Range.POSITIVE)
          double eps,
      @Hyperparameter(value = "factor of the weight that is added to its gradient", range = Range.NOT_NEGATIVE)
          double weightDecay,
      @Hyperparameter(value = "ψ, how fast the momentum rises from half of beta1 to all of it", range = Range.NOT_NEGATIVE)
          double momentumDecay)
      implements OptimizerConfig {
    /** Checks every range. */
    public Config {
      Hyperparameters.check(Config.class, learningRate, beta1, beta2, eps, weightDecay, momentumDecay);
    }

    /** The defaults. */
    public Config() {
      this(new Builder());
    }

    private Config(Builder b) {
      this(b.learningRate, b.beta1, b.beta2, b.eps, b.weightDecay, b.momentumDecay);
    }

    /** A builder that begins with the defaults. */
    public static Builder builder() {
      return new Builder();
    }

    @Override
    public String name() {
      return "nadam";
    }

    @Override
    public NAdam create(KernelShape shape) {
      return new NAdam(this, shape);
    }
  }

  /** Takes the values one by one; what is not given is as in the defaults. */
  public static final class Builder {
    private double learningRate = 2e-3;
    private double beta1 = 0.9;
    private double beta2 = 0.999;
    private double eps = 1e-8;
    private double weightDecay = 0;
    private double momentumDecay = 4e-3;

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

    /** See {@link Config#eps}. */
    public Builder eps(double value) {
      eps = value;
      return this;
    }

    /** See {@link Config#weightDecay}. */
    public Builder weightDecay(double value) {
      weightDecay = value;
      return this;
    }

    /** See {@link Config#momentumDecay}. */
    public Builder momentumDecay(double value) {
      momentumDecay = value;
      return this;
    }

    /** The values, if they are in their ranges. */
    public Config build() {
      return new Config(this);
    }
  }

  /** An optimizer with a state of its own, for one graph, in the graph's shape. */
  public NAdam(Config config) {
    this(config, null);
  }

  /** One in that shape, or for null as above. */
  public NAdam(Config config, KernelShape shape) {
    super(config.name(), shape, SIZE, "firstMoment", "secondMoment");
    this.config = config;
    control(BETA1, config.beta1());
    control(REST1, 1 - config.beta1());
    control(BETA2, config.beta2());
    control(REST2, 1 - config.beta2());
    control(EPS, config.eps());
    control(WEIGHT_DECAY, config.weightDecay());
  }

  @Override
  protected Cost cost(int n) {
    return Cost.elements(n, 19, 4, 3);
  }

  @Override
  protected void addLoop(TaskGraphInterface graph, String task, Parameters p, FloatArray[] state) {
    graph.task(task, NAdam::update, control(), p.values(), p.gradients(), state[0], state[1]);
  }

  @Override
  public void prepare(long step, double learningRate) {
    Require.positive("the learning rate", learningRate);
    double now = momentum(step);
    double next = momentum(step + 1);
    double product = momentumProduct(step);
    control(GRADIENT_STEP, learningRate * (1 - now) / (1 - product));
    control(MOMENT_STEP, learningRate * next / (1 - product * next));
    control(ROOT_CORRECTION, 1 / Math.sqrt(1 - Math.pow(config.beta2(), step)));
  }

  /** μₜ. */
  private double momentum(long step) {
    return config.beta1() * (1 - 0.5 * Math.pow(0.96, step * config.momentumDecay()));
  }

  /** Πₜ; where it is too small to change 1 − Πₜ, whatever is. */
  private double momentumProduct(long step) {
    double product = 1;
    for (long t = 1; t <= step && product > 1e-17; t++) {
      product *= momentum(t);
    }
    return product;
  }

  @Override
  public void check(int parameters, Map<String, float[]> saved) {
    new StateCheck().numbers("firstMoment", parameters).notNegative("secondMoment", parameters).check(saved);
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
      FloatArray firstMoment,
      FloatArray secondMoment) {
    float scale = control.get(Optimizer.GRADIENT_SCALE);
    float gradientStep = control.get(GRADIENT_STEP);
    float momentStep = control.get(MOMENT_STEP);
    float rootCorrection = control.get(ROOT_CORRECTION);
    float beta1 = control.get(BETA1);
    float rest1 = control.get(REST1);
    float beta2 = control.get(BETA2);
    float rest2 = control.get(REST2);
    float eps = control.get(EPS);
    float weightDecay = control.get(WEIGHT_DECAY);
    for (@Parallel int i = 0; i < parameters.getSize(); i++) {
      float p = parameters.get(i);
      float g = scale * gradients.get(i) + weightDecay * p;
      float m = beta1 * firstMoment.get(i) + rest1 * g;
      float v = beta2 * secondMoment.get(i) + rest2 * (g * g);
      firstMoment.set(i, m);
      secondMoment.set(i, v);
      parameters.set(i, p - (gradientStep * g + momentStep * m) / (TornadoMath.sqrt(v) * rootCorrection + eps));
    }
  }
}
