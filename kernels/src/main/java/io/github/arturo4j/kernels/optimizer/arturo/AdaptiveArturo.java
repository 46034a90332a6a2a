// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.optimizer.GroupLayout;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;
import io.github.arturo4j.kernels.optimizer.ParameterSlice;
import io.github.arturo4j.kernels.optimizer.Parameters;
import io.github.arturo4j.kernels.optimizer.Require;
import io.github.arturo4j.kernels.optimizer.StateArrays;
import io.github.arturo4j.kernels.optimizer.StateCheck;
import io.github.arturo4j.kernels.optimizer.StepReport;
import io.github.arturo4j.kernels.optimizer.WeightStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * arTuRO that needs no tuning: the equations of {@link Arturo} (Dahlinger et al., arXiv 2310.20574), with all that was a
 * constant in the units of one problem taken from the problem.
 *
 * <ul>
 *   <li>The size σ₀ of the initial weights gives the scale of precisions: their mean is 1/σ₀². So ε is relative to it, and
 *       it is for each weight: a network of any size takes steps of ρ = σ₀√(2ε) in a typical weight at most.
 *   <li>The variance R of a gradient is estimated for each weight, and the filter's covariances are in its units; the first
 *       gradient is taken as it is. See {@link AdaptiveFilter}.
 *   <li>The filter's curvature, known in these units, tells weights apart: it is what a step is divided by, but no less
 *       than a share of √(R + d²)/ρ. The precision is its stationary point, λ = ĥ/w.
 *   <li>As much of the bound is used as the averaged gradient is more than noise: KL = nε·min(1, Σ(d²/ĥ)/Σ(R/ĥ)). So early
 *       steps, on which gradients agree, are long, and late ones short, without a schedule.
 * </ul>
 *
 * <p>Promised for every finite gradient and all values in their ranges: KL ≤ nε of the means as they are stored; all of
 * the state stays finite; a gradient that is not finite leaves the state as it is, and is counted.
 */
public final class AdaptiveArturo implements Optimizer {
  /** Limits of σ₀, which is {@link #DEFAULT_SCALE} if all weights are 0. */
  private static final double MIN_SCALE = 1e-6;

  private static final double MAX_SCALE = 1e6;
  private static final double DEFAULT_SCALE = 0.05;

  /** Least precision in units of the mean: of weights that have hardly had a gradient, nothing is known but their size. */
  private static final double LEAST_PRECISION = 1e-3;

  /** The array of the state that is not of the weights. */
  static final String SCALARS = "scalars";

  private final AdaptiveHyperparameters hyperparameters;
  private final KernelShape shape;
  private final FloatArray control = AdaptiveArrays.filled(AdaptiveConstants.SIZE, 0);
  private final FloatArray scalars = AdaptiveArrays.filled(AdaptiveScalars.SIZE, 0);
  private Parameters parameters;
  private AdaptiveArrays arrays;
  private AdaptiveTasks tasks;
  private StateArrays state;

  /** An optimizer with a state of its own, for one graph, in the graph's shape. */
  public AdaptiveArturo(AdaptiveHyperparameters hyperparameters) {
    this(hyperparameters, null);
  }

  /** One in that shape, or for null as above. */
  public AdaptiveArturo(AdaptiveHyperparameters hyperparameters, KernelShape shape) {
    this.hyperparameters = hyperparameters;
    this.shape = shape;
    gradientScale(1);
    reporting(true);
    control.set(
        AdaptiveConstants.CURVATURE, hyperparameters.metric() == AdaptiveHyperparameters.Metric.CURVATURE ? 1f : 0f);
    control.set(AdaptiveConstants.SIGNAL, hyperparameters.length() == AdaptiveHyperparameters.Length.SIGNAL ? 1f : 0f);
  }

  @Override
  public String name() {
    return hyperparameters.name();
  }

  @Override
  public int block(KernelShape inShape, int n) {
    return (shape == null ? inShape : shape) == KernelShape.CHUNKS ? ChunkLayout.of(n).chunk() : GroupLayout.SIZE;
  }

  @Override
  public Set<String> common() {
    return Set.of(SCALARS);
  }

  @Override
  public void addTo(KernelGraph graph, Parameters trained) {
    addTo(OptimizerStep.of(graph, trained));
  }

  @Override
  public void addTo(OptimizerStep step) {
    if (arrays != null) {
      throw new IllegalStateException("this optimizer is part of a graph already; make one for each graph");
    }
    parameters = step.whole();
    int n = step.parameters().size();
    arrays = AdaptiveArrays.of(step.parameters(), control, scalars);
    state = arrays.state();
    scalars.set(AdaptiveScalars.WEIGHT, 1f);
    ChunkLayout chunks = ChunkLayout.of(parameters.size());
    tasks =
        step.graph().shape(shape) == KernelShape.CHUNKS
            ? new AdaptiveChunkTasks(chunks.share(n), chunks)
            : new AdaptiveGroupTasks(GroupLayout.of(n));
    step.graph().once(state.all()).everyTime(control);
    tasks.addTo(step, arrays);
    step.graph().result(state.all());
  }

  @Override
  public void prepare(long step, double klBound) {
    Require.moderate("the KL bound", klBound);
    Require.decay("the KL bound", klBound, hyperparameters.weightDecay());
    if (scalars.get(AdaptiveScalars.SCALE) == 0f) {
      scalars.set(AdaptiveScalars.SCALE, (float) scale(parameters));
    }
    double scale = scalars.get(AdaptiveScalars.SCALE);
    double unit = scale * Math.sqrt(2 * hyperparameters.klBound());
    control.set(AdaptiveConstants.KL_BOUND, (float) klBound);
    control.set(AdaptiveConstants.DECAY, (float) (1 - klBound * hyperparameters.weightDecay()));
    control.set(AdaptiveConstants.INVERSE_UNIT, (float) (1 / unit));
    control.set(AdaptiveConstants.VARIANCE, (float) (scale * scale));
  }

  /**
   * σ₀: the tensors' root mean squares, their geometric mean over the weights, so that one tensor of another size hardly
   * matters; tensors of zeros do not count.
   */
  static double scale(Parameters parameters) {
    double logs = 0;
    long count = 0;
    for (ParameterSlice slice : parameters.slices()) {
      double squares = 0;
      for (int i = slice.offset(); i < slice.offset() + slice.size(); i++) {
        double value = parameters.values().get(i);
        squares += value * value;
      }
      if (squares > 0) {
        logs += slice.size() * 0.5 * Math.log(squares / slice.size());
        count += slice.size();
      }
    }
    return count == 0 ? DEFAULT_SCALE : Math.clamp(Math.exp(logs / count), MIN_SCALE, MAX_SCALE);
  }

  @Override
  public FloatArray control() {
    return control;
  }

  @Override
  public void reporting(boolean on) {
    control.set(AdaptiveConstants.REPORT, on ? 1f : 0f);
  }

  @Override
  public StepReport report(TornadoExecutionResult lastStep) {
    download(lastStep, scalars);
    return new StepReport(
        parameters.size() * (double) scalars.get(AdaptiveScalars.BOUND),
        scalars.get(AdaptiveScalars.ETA),
        scalars.get(AdaptiveScalars.KL_TAKEN),
        scalars.get(AdaptiveScalars.KL_COVARIANCE),
        scalars.get(AdaptiveScalars.INNOVATION) / (double) parameters.size(),
        scalars.get(AdaptiveScalars.NEGATIVE) / (double) parameters.size(),
        (long) scalars.get(AdaptiveScalars.SKIPPED));
  }

  @Override
  public SequencedMap<String, WeightStatistics> statistics(Map<String, float[]> saved) {
    float[] metric = saved.get("metric");
    float factor = saved.get(SCALARS)[AdaptiveScalars.FACTOR];
    float[] rate = new float[metric.length];
    for (int i = 0; i < rate.length; i++) {
      rate[i] = factor / metric[i];
    }
    SequencedMap<String, WeightStatistics> statistics = new LinkedHashMap<>();
    statistics.put(ALL, new WeightStatistics(saved.get("curvature"), rate));
    return statistics;
  }

  /** λ = ĥ/w, but no less than a thousandth of the mean, which is 1/σ₀² as it is of all before the first step. */
  @Override
  public float[] precision(TornadoExecutionResult lastStep) {
    download(lastStep, scalars, arrays.metric());
    float[] precision = arrays.metric().toHeapArray();
    boolean began = scalars.get(AdaptiveScalars.TAKEN) > 0;
    double variance = Math.pow(began ? scalars.get(AdaptiveScalars.SCALE) : scale(parameters), 2);
    double weight = began ? scalars.get(AdaptiveScalars.WEIGHT) : variance;
    for (int i = 0; i < precision.length; i++) {
      precision[i] = (float) Math.min(Math.max(precision[i] / weight, LEAST_PRECISION / variance), Float.MAX_VALUE);
    }
    return precision;
  }

  private static void download(TornadoExecutionResult lastStep, Object... wanted) {
    if (lastStep != null) { // else the host's arrays are what was restored
      lastStep.transferToHost(wanted);
    }
  }

  @Override
  public Map<String, float[]> save(TornadoExecutionResult lastStep) {
    return state.save(lastStep);
  }

  @Override
  public void check(int n, Map<String, float[]> saved) {
    new StateCheck()
        .range("center", n, -Float.MAX_VALUE, Float.MAX_VALUE)
        .range("slope", n, -Float.MAX_VALUE, Float.MAX_VALUE)
        .range("curvature", n, -Float.MAX_VALUE, Float.MAX_VALUE)
        .range("p00", n, 0, Float.MAX_VALUE)
        .range("p01", n, -Float.MAX_VALUE, Float.MAX_VALUE)
        .range("p11", n, 0, Float.MAX_VALUE)
        .range("noise", n, 0, Float.MAX_VALUE)
        .range("metric", n, 0, Float.MAX_VALUE)
        .range(SCALARS, AdaptiveScalars.SIZE, 0, Float.MAX_VALUE)
        .check(saved);
  }

  @Override
  public void restore(Map<String, float[]> saved) {
    state.restore(saved);
  }

  @Override
  public int bytesPerParameter() {
    if (tasks == null) {
      throw new IllegalStateException("what a step moves depends on the graph's device: call addTo first");
    }
    return tasks.bytesPerParameter();
  }
}
