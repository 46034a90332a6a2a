// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.optimizer.GroupLayout;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;
import io.github.arturo4j.kernels.optimizer.Parameters;
import io.github.arturo4j.kernels.optimizer.Require;
import io.github.arturo4j.kernels.optimizer.StateArrays;
import io.github.arturo4j.kernels.optimizer.StateCheck;
import io.github.arturo4j.kernels.optimizer.StepReport;
import io.github.arturo4j.kernels.optimizer.WeightStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * arTuRO: Dahlinger, Becker, Hüttenrauch, Neumann, "Information-Theoretic Trust Regions for Stochastic Gradient-Based
 * Optimization", OPT2023 (arXiv 2310.20574).
 *
 * <p>A step is a handful of launches whatever the number of parameters. In {@link Mode#ROBUST}: scan of the gradient;
 * filter and expansion of KL in one pass over memory; η from the expansion; rounds of {@link LadderSearch}, idle in the
 * steady state; update of mean and precision in a second pass. {@link Mode#PAPER} bisects, an evaluation a pass. The
 * kernels have a shape for the JVM and one for GPUs, see {@link KernelShape}.
 */
public final class Arturo implements Optimizer {
  /**
   * Limit of a weight's size in {@link Mode#ROBUST}, as the filter sees it. With this and the next three, and the range
   * of the {@link ArturoHyperparameters}, no product overflows a float; greater values count as these.
   */
  static final float MAX_MEAN = 1e9f;

  /** Limit of a gradient's size in {@link Mode#ROBUST}, be it given, the filter's linear term or its model's slope. */
  static final float MAX_GRADIENT = 1e15f;

  /** Limit of an estimated curvature's size in {@link Mode#ROBUST}. */
  static final float MAX_CURVATURE = 1e9f;

  /** Limit of the filter's variances in {@link Mode#ROBUST}. */
  static final float MAX_VARIANCE = 1e9f;

  /** The array of the state that is not of the weights. */
  private static final String DUAL = "dual";

  private final ArturoHyperparameters hyperparameters;
  private final Mode mode;
  private final KernelShape shape;
  private final FloatArray control = zeros(ArturoConstants.SIZE);
  private final FloatArray dual = zeros(DualState.SIZE);
  private FloatArray precision;
  private FloatArray linear;
  private FloatArray curvature;
  private FloatArray p00;
  private FloatArray p01;
  private FloatArray p11;
  private final StateArrays state = new StateArrays();
  private ArturoTasks tasks;
  private int all;

  /** An optimizer with a state of its own, for one graph, in the graph's shape. */
  public Arturo(ArturoHyperparameters hyperparameters) {
    this(hyperparameters, null);
  }

  /** One in that shape, or for null as above. */
  public Arturo(ArturoHyperparameters hyperparameters, KernelShape shape) {
    this.hyperparameters = hyperparameters;
    this.mode = hyperparameters.mode();
    this.shape = shape;
    gradientScale(1);
  }

  @Override
  public String name() {
    return "arturo";
  }

  @Override
  public int block(KernelShape inShape, int n) {
    if (mode == Mode.PAPER) {
      return 0;
    }
    return (shape == null ? inShape : shape) == KernelShape.CHUNKS ? ChunkLayout.of(n).chunk() : GroupLayout.SIZE;
  }

  @Override
  public Set<String> common() {
    return Set.of(DUAL);
  }

  @Override
  public void addTo(KernelGraph graph, Parameters parameters) {
    addTo(OptimizerStep.of(graph, parameters));
  }

  @Override
  public void addTo(OptimizerStep step) {
    if (precision != null) {
      throw new IllegalStateException("this optimizer is part of a graph already; make one for each graph");
    }
    Parameters parameters = step.parameters();
    int n = parameters.size();
    all = step.whole().size();
    ArturoHyperparameters h = hyperparameters;
    precision = filled(n, initialPrecision());
    linear = zeros(n);
    curvature = filled(n, ArturoHyperparameters.INITIAL_CURVATURE);
    p00 = filled(n, h.startFilterCov());
    p01 = zeros(n);
    p11 = filled(n, h.startFilterCov());
    ChunkLayout chunks = ChunkLayout.of(all);
    tasks =
        step.graph().shape(shape) == KernelShape.CHUNKS
            ? new ChunkTasks(chunks.share(n), chunks.chunks())
            : new GroupTasks(GroupLayout.of(n));
    reporting(true);
    dual.set(DualState.CENTER, 1f);

    state
        .add("precision", precision)
        .add("linear", linear)
        .add("curvature", curvature)
        .add("p00", p00)
        .add("p01", p01)
        .add("p11", p11)
        .add(DUAL, dual);
    step.graph().once(state.all()).everyTime(control);
    ArturoArrays arrays =
        new ArturoArrays(
            control, dual, parameters.gradients(), parameters.values(), linear, curvature, p00, p01, p11, precision);
    if (mode == Mode.PAPER) {
      tasks.addPaper(step, arrays, Bisection.rounds(h.etaTol()));
    } else {
      tasks.addRobust(step, arrays);
    }
    step.graph().result(state.all());
    prepareConstants();
  }

  private double initialPrecision() {
    double precision = 1 / hyperparameters.varInit();
    return mode == Mode.PAPER
        ? precision
        : Math.clamp(precision, hyperparameters.minPrecision(), hyperparameters.maxPrecision());
  }

  private void prepareConstants() {
    ArturoHyperparameters h = hyperparameters;
    boolean paper = mode == Mode.PAPER;
    control.set(ArturoConstants.DYNAMIC_MODEL_NOISE, (float) h.dynamicModelNoise());
    control.set(ArturoConstants.MEASUREMENT_NOISE, (float) h.measurementNoise());
    control.set(ArturoConstants.PRIOR, (float) (h.regWeight() * h.priorPrec()));
    control.set(ArturoConstants.REG_WEIGHT, (float) h.regWeight());
    control.set(ArturoConstants.NU, (float) h.nu());
    control.set(ArturoConstants.ETA_TOL, (float) h.etaTol());
    control.set(ArturoConstants.MIN_CURVATURE, paper ? Float.NEGATIVE_INFINITY : (float) h.minCurvature());
    control.set(ArturoConstants.MIN_PRECISION, paper ? Float.NEGATIVE_INFINITY : (float) h.minPrecision());
    control.set(ArturoConstants.MAX_PRECISION, paper ? Float.POSITIVE_INFINITY : (float) h.maxPrecision());
    control.set(
        ArturoConstants.MIN_INNOVATION_VARIANCE, paper ? Float.NEGATIVE_INFINITY : (float) h.measurementNoise());
    control.set(ArturoConstants.MIN_VARIANCE, paper ? Float.NEGATIVE_INFINITY : 0f);
    control.set(ArturoConstants.MAX_MEAN, paper ? Float.POSITIVE_INFINITY : MAX_MEAN);
    control.set(ArturoConstants.MAX_GRADIENT, paper ? Float.POSITIVE_INFINITY : MAX_GRADIENT);
    control.set(ArturoConstants.MAX_CURVATURE, paper ? Float.POSITIVE_INFINITY : MAX_CURVATURE);
    control.set(ArturoConstants.MAX_VARIANCE, paper ? Float.POSITIVE_INFINITY : MAX_VARIANCE);
    control.set(ArturoConstants.COVARIANCE_SLACK, paper ? Float.POSITIVE_INFINITY : 0f);
  }

  @Override
  public void prepare(long step, double klBound) {
    Require.moderate("the KL bound", klBound);
    Require.decay("the KL bound", klBound, hyperparameters.weightDecay());
    float decay = (float) (1 - klBound * hyperparameters.weightDecay());
    control.set(ArturoConstants.KL_BOUND, (float) klBound);
    control.set(ArturoConstants.DECAY, decay);
    // The published optimizer decays, in its first step, the weight that the filter sees and no other.
    control.set(ArturoConstants.UNDO_DECAY, mode == Mode.PAPER && step == 1 ? 1f / decay : 1f);
  }

  @Override
  public FloatArray control() {
    return control;
  }

  @Override
  public void reporting(boolean on) {
    control.set(ArturoConstants.REPORT, on ? 1f : 0f);
  }

  @Override
  public StepReport report(TornadoExecutionResult lastStep) {
    download(lastStep, dual);
    return new StepReport(
        dual.get(DualState.BOUND),
        dual.get(DualState.ETA),
        dual.get(DualState.KL_TAKEN),
        dual.get(DualState.KL_COVARIANCE),
        mode == Mode.PAPER ? Double.NaN : dual.get(DualState.INNOVATION) / (double) all,
        dual.get(DualState.NEGATIVE) / (double) all,
        (long) dual.get(DualState.SKIPPED));
  }

  @Override
  public SequencedMap<String, WeightStatistics> statistics(Map<String, float[]> saved) {
    float[] q = saved.get("curvature");
    float[] lambda = saved.get("precision");
    float eta = saved.get(DUAL)[DualState.ETA];
    float prior = control.get(ArturoConstants.PRIOR);
    float floor = control.get(ArturoConstants.MIN_CURVATURE);
    float[] rate = new float[q.length];
    for (int i = 0; i < q.length; i++) {
      rate[i] = 1 / (Math.max(q[i] + prior, floor) + eta * lambda[i]);
    }
    SequencedMap<String, WeightStatistics> statistics = new LinkedHashMap<>();
    statistics.put(ALL, new WeightStatistics(q, rate));
    return statistics;
  }

  @Override
  public float[] precision(TornadoExecutionResult lastStep) {
    download(lastStep, precision);
    return precision.toHeapArray();
  }

  private static void download(TornadoExecutionResult lastStep, FloatArray array) {
    if (lastStep != null) { // else the host's array is what was restored
      lastStep.transferToHost(array);
    }
  }

  @Override
  public Map<String, float[]> save(TornadoExecutionResult lastStep) {
    return state.save(lastStep);
  }

  @Override
  public void check(int parameters, Map<String, float[]> saved) {
    int n = parameters;
    StateCheck check = new StateCheck();
    if (mode == Mode.PAPER) { // the published optimizer has no limits, and may come to any values
      List.of("precision", "linear", "curvature", "p00", "p01", "p11").forEach(name -> check.any(name, n));
      check.any(DUAL, DualState.SIZE).check(saved);
      return;
    }
    float initial = (float) (1 / hyperparameters.varInit()); // before the first step, whatever the limits
    check
        .range(
            "precision", n, Math.min(initial, (float) hyperparameters.minPrecision()),
            Math.max(initial, (float) hyperparameters.maxPrecision()))
        .range("linear", n, -Float.MAX_VALUE, Float.MAX_VALUE)
        .range("curvature", n, -Float.MAX_VALUE, Float.MAX_VALUE)
        .range("p00", n, 0, Float.MAX_VALUE)
        .range("p01", n, -Float.MAX_VALUE, Float.MAX_VALUE)
        .range("p11", n, 0, Float.MAX_VALUE)
        .any(DUAL, DualState.SIZE)
        .check(saved);
    for (int i : new int[] {DualState.ETA, DualState.SKIPPED, DualState.CENTER}) {
      StateCheck.inRange(DUAL, saved.get(DUAL), i, 0, Float.POSITIVE_INFINITY);
    }
  }

  @Override
  public void restore(Map<String, float[]> saved) {
    state.restore(saved);
  }

  /** The state as a trace or a test wants it. */
  public ArturoState state(TornadoExecutionResult lastStep) {
    lastStep.transferToHost(state.all());
    return new ArturoState(
        precision.toHeapArray(),
        linear.toHeapArray(),
        curvature.toHeapArray(),
        p00.toHeapArray(),
        p01.toHeapArray(),
        p11.toHeapArray(),
        dual.get(DualState.ETA),
        (int) dual.get(DualState.EVALUATIONS));
  }

  @Override
  public int bytesPerParameter() {
    if (tasks == null) {
      throw new IllegalStateException("what a step moves depends on the graph's device: call addTo first");
    }
    return tasks.bytesPerParameter();
  }

  private static FloatArray zeros(int n) {
    return filled(n, 0);
  }

  private static FloatArray filled(int n, double value) {
    FloatArray array = new FloatArray(n);
    array.init((float) value);
    return array;
  }
}
