// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.random.CounterRandom;
import java.util.Optional;
import uk.ac.manchester.tornado.api.TaskGraphInterface;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * IVON: Shen et al., "Variational Learning is Effective for Large Deep Networks", ICML 2024 (arXiv 2402.17641), algorithm 1.
 * Every weight is a Gaussian of mean m and variance σ² = 1/(λ(h + δ)), as with arTuRO; the Hessian's diagonal h is estimated
 * from gradients at weights drawn from it: θ = m + σε; ĥ = g·(θ − m)/σ²; momentum ← β₁·momentum + (1 − β₁)g;
 * h' = β₂h + (1 − β₂)ĥ + ½(1 − β₂)²(h − ĥ)²/(h + δ); m ← m − rate·(h₀ + δ)·(momentum/(1 − β₁ᵗ) + δm)/(h' + δ). Between steps
 * the parameters are the means. One launch before the gradients, one behind them.
 */
public final class Ivon extends ElementwiseOptimizer {
  /** Index in the control array: rate·(h₀ + δ). */
  private static final int RATE = 1;

  /** Index in the control array: β₁. */
  private static final int BETA1 = 2;

  /** Index in the control array: 1 − β₁. */
  private static final int REST1 = 3;

  /** Index in the control array: β₂. */
  private static final int BETA2 = 4;

  /** Index in the control array: 1 − β₂. */
  private static final int REST2 = 5;

  /** Index in the control array: 1/(1 − β₁ᵗ). */
  private static final int DEBIAS = 6;

  /** Index in the control array, and 0 in the array of the samples: δ. */
  private static final int DECAY = 7;

  /** Index in the control array, and 1 in the array of the samples: λ. */
  private static final int ESS = 8;

  private static final int SIZE = 9;

  /** Which of the state's arrays the Hessian's diagonal is. */
  private static final int HESSIAN = 1;

  private final Config config;
  private final FloatArray sampling;
  private final IntArray key = new IntArray(2);
  private FloatArray mean;
  private long seed;

  /** The hyperparameters of {@link Ivon}; the defaults are those of the authors' program. */
  public record Config(
      @Hyperparameter(value = "learning rate before the schedule; a step is it times the sum of hessInit and weightDecay",
          range = Range.POSITIVE)
          double learningRate,
      @Hyperparameter(value = "effective sample size: about the number of training images", range = Range.POSITIVE)
          double ess,
      @Hyperparameter(value = "what every second derivative begins as", range = Range.POSITIVE)
          double hessInit,
      @Hyperparameter(value = "share of the old gradient in the mean one", range = Range.SHARE)
          double beta1,
      @Hyperparameter(value = "share of the old second derivative in the new one", range = Range.SHARE)
          double beta2,
      @Hyperparameter(value = "precision of the prior divided by ess; decays the weights", range = Range.POSITIVE)
          double weightDecay)
      implements OptimizerConfig {
    /** Checks every range. */
    public Config {
      Hyperparameters.check(Config.class, learningRate, ess, hessInit, beta1, beta2, weightDecay);
    }

    /** The defaults. */
    public Config() {
      this(new Builder());
    }

    private Config(Builder b) {
      this(b.learningRate, b.ess, b.hessInit, b.beta1, b.beta2, b.weightDecay);
    }

    /** A builder that begins with the defaults. */
    public static Builder builder() {
      return new Builder();
    }

    @Override
    public String name() {
      return "ivon";
    }

    @Override
    public Ivon create(KernelShape shape) {
      return new Ivon(this, shape);
    }

    /** Its own precision, λ(h + δ), is that of {@link #ess} examples already: what their number is to be, IVON is told. */
    @Override
    public Optional<PosteriorScale> posterior() {
      return Optional.of((precision, _) -> precision);
    }
  }

  /** Takes the values one by one; what is not given is as in the defaults. */
  public static final class Builder {
    private double learningRate = 0.1;
    private double ess = 60_000;
    private double hessInit = 1;
    private double beta1 = 0.9;
    private double beta2 = 0.99999;
    private double weightDecay = 1e-4;

    private Builder() {}

    /** See {@link Config#learningRate}. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** See {@link Config#ess}. */
    public Builder ess(double value) {
      ess = value;
      return this;
    }

    /** See {@link Config#hessInit}. */
    public Builder hessInit(double value) {
      hessInit = value;
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
  public Ivon(Config config) {
    this(config, null);
  }

  /** One in that shape, or for null as above. */
  public Ivon(Config config, KernelShape shape) {
    super(config.name(), shape, SIZE, "momentum", "hessian");
    this.config = config;
    sampling = FloatArray.fromElements((float) config.weightDecay(), (float) config.ess());
    control(BETA1, config.beta1());
    control(REST1, 1 - config.beta1());
    control(BETA2, config.beta2());
    control(REST2, 1 - config.beta2());
    control(DECAY, config.weightDecay());
    control(ESS, config.ess());
  }

  @Override
  public void seed(long chosen) {
    seed = chosen;
  }

  @Override
  protected float initial(int array) {
    return array == HESSIAN ? (float) config.hessInit() : 0f;
  }

  @Override
  public boolean samples() {
    return true;
  }

  @Override
  public void addBefore(KernelGraph graph, Parameters p) {
    mean = new FloatArray(p.size());
    FloatArray hessian = state(p.size())[HESSIAN];
    graph.once(hessian, sampling).everyTime(key);
    String task = graph.task("sampleIvon");
    graph.cost(task, Cost.elements(p.size(), 20, 2, 2));
    graph.add(g -> g.task(task, Ivon::sample, sampling, key, p.values(), mean, hessian));
  }

  @Override
  protected Cost cost(int n) {
    return Cost.elements(n, 25, 5, 3);
  }

  @Override
  protected void addLoop(TaskGraphInterface graph, String task, Parameters p, FloatArray[] state) {
    graph.task(task, Ivon::update, control(), p.values(), p.gradients(), sampled(), state[0], state[HESSIAN]);
  }

  /** The same loop, as for the samples: a single one TornadoVM cuts well. */
  private FloatArray sampled() {
    if (mean == null) {
      throw new IllegalStateException("ivon computes its gradients at samples: call addBefore before addTo");
    }
    return mean;
  }

  @Override
  public void prepare(long step, double learningRate) {
    Require.positive("the learning rate", learningRate);
    CounterRandom.setKey(key, 0, seed, step, 0);
    control(RATE, learningRate * (config.hessInit() + config.weightDecay()));
    control(DEBIAS, 1 / (1 - Math.pow(config.beta1(), step)));
  }

  /** λ(h + δ). */
  @Override
  public float[] precision(TornadoExecutionResult lastStep) {
    float[] precision = save(lastStep).get("hessian");
    for (int i = 0; i < precision.length; i++) {
      precision[i] = (float) (config.ess() * (precision[i] + config.weightDecay()));
    }
    return precision;
  }

  /**
   * Puts each weight's mean aside, and a draw from its Gaussian in its place.
   *
   * @param sampling δ and λ
   * @param key the step's two key words
   * @param parameters n values, as all that follow
   */
  static void sample(FloatArray sampling, IntArray key, FloatArray parameters, FloatArray mean, FloatArray hessian) {
    int firstKey = key.get(0);
    int secondKey = key.get(1);
    float decay = sampling.get(0);
    float ess = sampling.get(1);
    for (@Parallel int i = 0; i < parameters.getSize(); i++) {
      float m = parameters.get(i);
      mean.set(i, m);
      float sigma = 1f / TornadoMath.sqrt(ess * (hessian.get(i) + decay));
      parameters.set(i, m + sigma * CounterRandom.normal(i, firstKey, secondKey));
    }
  }

  /**
   * The step.
   *
   * @param control see the indices
   * @param parameters θ, n values, as all that follow; the new mean
   * @param gradients g but for its scale, at θ
   */
  static void update(
      FloatArray control,
      FloatArray parameters,
      FloatArray gradients,
      FloatArray mean,
      FloatArray momentum,
      FloatArray hessian) {
    float scale = control.get(Optimizer.GRADIENT_SCALE);
    float rate = control.get(RATE);
    float beta1 = control.get(BETA1);
    float rest1 = control.get(REST1);
    float beta2 = control.get(BETA2);
    float rest2 = control.get(REST2);
    float debias = control.get(DEBIAS);
    float decay = control.get(DECAY);
    float ess = control.get(ESS);
    for (@Parallel int i = 0; i < parameters.getSize(); i++) {
      float g = scale * gradients.get(i);
      float h = hessian.get(i);
      float m = mean.get(i);
      float curvature = g * (parameters.get(i) - m) * (ess * (h + decay));
      float off = rest2 * (h - curvature);
      float newH = beta2 * h + rest2 * curvature + 0.5f * off * off / (h + decay);
      float direction = beta1 * momentum.get(i) + rest1 * g;
      hessian.set(i, newH);
      momentum.set(i, direction);
      parameters.set(i, m - rate * (debias * direction + decay * m) / (newH + decay));
    }
  }
}
