// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer;

import io.github.arturo4j.kernels.Cost;
import io.github.arturo4j.kernels.KernelGraph;
import java.util.Map;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * arTuRO: Dahlinger, Becker, Hüttenrauch, Neumann, "Information-Theoretic Trust Regions for Stochastic Gradient-Based
 * Optimization", OPT2023 (arXiv 2310.20574).
 *
 * <p>A step is a handful of launches whatever the number of parameters. In {@link Mode#ROBUST}: scan of the gradient;
 * filter and expansion of KL in one pass over memory; η from the expansion; rounds of {@link LadderSearch}, idle in the
 * steady state; update of mean and precision in a second pass. {@link Mode#PAPER} bisects, an evaluation a pass.
 */
public final class Arturo implements Optimizer {
  /** Limit of a weight's size in {@link Mode#ROBUST}: with it and the next, no product overflows a float. */
  static final float MOST_MEAN = 1e9f;

  /** Limit of a gradient's size in {@link Mode#ROBUST}; greater ones count as this. */
  static final float MOST_GRADIENT = 1e18f;

  private final ArturoHyperparameters hyperparameters;
  private final Mode mode;
  private final FloatArray control = zeros(Control.SIZE);
  private final FloatArray dual = zeros(DualState.SIZE);
  private FloatArray precision;
  private FloatArray linear;
  private FloatArray curvature;
  private FloatArray p00;
  private FloatArray p01;
  private FloatArray p11;
  private final StateArrays state = new StateArrays();
  private long stateBytes;
  private boolean started;

  /** An optimizer with a state of its own, for one graph. */
  public Arturo(ArturoHyperparameters hyperparameters, Mode mode) {
    this.hyperparameters = hyperparameters;
    this.mode = mode;
  }

  @Override
  public String name() {
    return "arturo";
  }

  @Override
  public void addTo(KernelGraph graph, FloatArray mean, FloatArray gradients) {
    if (precision != null) {
      throw new IllegalStateException("this optimizer is part of a graph already; make one for each graph");
    }
    int n = mean.getSize();
    ArturoHyperparameters h = hyperparameters;
    precision = filled(n, 1 / h.varInit());
    linear = zeros(n);
    curvature = filled(n, ArturoHyperparameters.INITIAL_CURVATURE);
    p00 = filled(n, h.startFilterCov());
    p01 = zeros(n);
    p11 = filled(n, h.startFilterCov());
    Partition cut = Partition.of(n);
    int chunks = cut.chunks();
    DoubleArray lanes = new DoubleArray(chunks * DualState.POINTS * Partition.TILE);
    DoubleArray sums = new DoubleArray(chunks * DualState.POINTS);
    FloatArray notFinite = new FloatArray(chunks);
    stateBytes = 6L * n * Float.BYTES + (long) (lanes.getSize() + sums.getSize()) * Double.BYTES;
    reporting(true);
    dual.set(DualState.CENTER, 1f);

    state
        .add("precision", precision)
        .add("linear", linear)
        .add("curvature", curvature)
        .add("p00", p00)
        .add("p01", p01)
        .add("p11", p11)
        .add("dual", dual);
    graph.once(state.all()).everyTime(control).result(state.all());
    boolean paper = mode == Mode.PAPER;
    if (paper) {
      // The published optimizer looks at no gradient: what it is given here is always finite.
      notFinite.init(0f);
      graph.once(notFinite);
      String open = graph.task("openBracket");
      graph.cost(open, Cost.NONE);
      graph.add(g -> g.task(open, Bisection::open, control, dual));
    } else {
      String scan = graph.task("scanGradient");
      graph.cost(scan, Cost.elements(n, 2, 1, 0));
      graph.add(
          g -> g.task(scan, GradientScan::scan, gradients, lanes, notFinite, n, cut.chunk(), chunks));
    }
    int expand = paper ? 0 : 1;
    String filter = graph.task("updateFilter");
    graph.cost(filter, paper ? Cost.elements(n, 37, 7, 6) : Cost.elements(n, 59, 8, 6));
    graph.add(
        g ->
            g.task(
                filter,
                HessianFilter::update,
                control,
                dual,
                notFinite,
                gradients,
                mean,
                linear,
                curvature,
                p00,
                p01,
                p11,
                precision,
                lanes,
                sums,
                n,
                cut.chunk(),
                chunks,
                expand));
    if (!paper) {
      String first = graph.task("searchEta");
      graph.cost(first, Cost.NONE);
      graph.add(g -> g.task(first, LadderSearch::first, control, dual, notFinite, sums, chunks));
    }
    int rounds = paper ? Bisection.rounds(h.etaTol()) : LadderSearch.ROUNDS;
    for (int round = 1; round <= rounds; round++) {
      int r = round;
      String evaluate = graph.task("evaluateKl");
      String search = graph.task("searchEta");
      graph.cost(evaluate, paper ? Cost.elements(n, 10, 4, 0) : Cost.NONE).cost(search, Cost.NONE);
      graph.add(
          g ->
              g.task(
                  evaluate,
                  KlLadder::evaluate,
                  control,
                  dual,
                  mean,
                  linear,
                  curvature,
                  precision,
                  lanes,
                  sums,
                  n,
                  cut.chunk(),
                  chunks,
                  paper ? 1 : DualState.POINTS));
      if (paper) {
        graph.add(g -> g.task(search, Bisection::halve, control, dual, sums, chunks));
      } else {
        graph.add(g -> g.task(search, LadderSearch::next, control, dual, sums, chunks, r));
      }
    }
    String update = graph.task("updateGaussian");
    graph.cost(update, Cost.elements(n, 13, 4, 2));
    graph.add(
        g ->
            g.task(
                update,
                GaussianUpdate::update,
                control,
                dual,
                mean,
                linear,
                curvature,
                precision,
                lanes,
                sums,
                n,
                cut.chunk(),
                chunks));
    String close = graph.task("closeStep");
    graph.cost(close, Cost.NONE);
    graph.add(g -> g.task(close, StepEnd::close, control, dual, sums, chunks));
    prepareConstants();
  }

  private void prepareConstants() {
    ArturoHyperparameters h = hyperparameters;
    boolean paper = mode == Mode.PAPER;
    control.set(Control.DYNAMIC_MODEL_NOISE, (float) h.dynamicModelNoise());
    control.set(Control.MEASUREMENT_NOISE, (float) h.measurementNoise());
    control.set(Control.PRIOR, (float) (h.regWeight() * h.priorPrec()));
    control.set(Control.REG_WEIGHT, (float) h.regWeight());
    control.set(Control.NU, (float) h.nu());
    control.set(Control.ETA_TOL, (float) h.etaTol());
    control.set(Control.MIN_CURVATURE, paper ? Float.NEGATIVE_INFINITY : (float) h.minCurvature());
    control.set(Control.MIN_PRECISION, paper ? Float.NEGATIVE_INFINITY : (float) h.minPrecision());
    control.set(Control.MAX_PRECISION, paper ? Float.POSITIVE_INFINITY : (float) h.maxPrecision());
    control.set(
        Control.LEAST_INNOVATION_VARIANCE, paper ? Float.NEGATIVE_INFINITY : (float) h.measurementNoise());
    control.set(Control.LEAST_VARIANCE, paper ? Float.NEGATIVE_INFINITY : 0f);
    control.set(Control.MOST_MEAN, paper ? Float.POSITIVE_INFINITY : MOST_MEAN);
    control.set(Control.MOST_GRADIENT, paper ? Float.POSITIVE_INFINITY : MOST_GRADIENT);
  }

  @Override
  public void prepare(double klBound) {
    Range.positive("the KL bound", klBound);
    float decay = (float) (1 - klBound * hyperparameters.weightDecay());
    control.set(Control.KL_BOUND, (float) klBound);
    control.set(Control.DECAY, decay);
    // The published optimizer decays, in its first step, the weight that the filter sees and no other.
    control.set(Control.UNDO_DECAY, mode == Mode.PAPER && !started ? 1f / decay : 1f);
    started = true;
  }

  @Override
  public void reporting(boolean on) {
    control.set(Control.REPORT, on ? 1f : 0f);
  }

  @Override
  public StepReport report(TornadoExecutionResult lastStep) {
    download(lastStep, dual);
    return new StepReport(
        dual.get(DualState.ETA),
        dual.get(DualState.KL_TAKEN),
        dual.get(DualState.NEGATIVE) / (double) precision.getSize(),
        (long) dual.get(DualState.SKIPPED));
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
  public void restore(long steps, Map<String, float[]> saved) {
    state.restore(saved);
    started = steps > 0;
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
  public long stateBytes() {
    return stateBytes;
  }

  /**
   * In {@link Mode#ROBUST}: scan 1 float; filter 8 in, 5 out; update 4 in, 2 out. The decayed mean, which the filter
   * writes too, is not counted: the update could do that. {@link Mode#PAPER} moves more.
   */
  @Override
  public int bytesPerParameter() {
    return 20 * Float.BYTES;
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
