// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.inspect.StepProfile;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;
import io.github.arturo4j.kernels.optimizer.StepReport;
import io.github.arturo4j.kernels.optimizer.WeightStatistics;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.layer.NetworkArrays;
import io.github.arturo4j.models.layer.ParameterSpec;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Trains a network on a set of examples, on one device without a word to or from the host within a step. A step has two sections: the
 * gradients (forward, loss, backward) of its batch, or of one micro-batch after the other, and the optimizer's update.
 * With several {@linkplain TrainingPlanBuilder#ranks ranks}, each has its rows of a batch, and gradients are added up between the
 * two, or in buckets, while the next one's are computed in a section of its own; where they divide the optimizer's state, the update has
 * several sections, between which they tell each other their sums. Made by a {@link TrainingPlanBuilder}. Not thread-safe.
 */
public final class TrainingPlan implements AutoCloseable {
  /** With a listener to profiles, one step in as many is profiled, … */
  private static final int PROFILE_EVERY = 5;

  /** … for as many profiles. */
  private static final int PROFILES = 200;

  private final Network network;
  private final Optimizer optimizer;
  private final int batchSize;
  private final int microBatch;
  private final long seed;
  private final BatchControl control;
  private final ExampleBatch examples;
  private final FloatArray parameters;
  private final FloatArray microGradients;
  private final FloatArray gradients;
  private final FloatArray buffers;

  /** What steps move of the running statistics: of several ranks, of each step what its examples add to them. */
  private final FloatArray moves;

  private final EvaluationSections evaluation;
  private final GraphPlan plan;
  private final List<GraphTask> tasks;
  private final StepCount count;
  private final StepClock clock;
  private final Collective ranks;
  private final GradientExchange exchange;
  private final List<String> gradientSections;
  private final SequencedMap<Bucket, FloatArray> buckets;
  private final List<OptimizerStep.Stage> update;

  /** The parameters that this plan's optimizer trains; null for all. */
  private final ParameterShare trained;

  private Consumer<StepProfile> profiles;
  private int profilesLeft;
  private int profileEvery = PROFILE_EVERY;
  private boolean replays;
  private boolean warm;
  private long made;
  private long steps;
  private long examplesSinceMetrics;
  private double weightSinceMetrics;
  private boolean resetMetrics = true;

  /** Builds the sections; the first step compiles and uploads. */
  TrainingPlan(TrainingPlanBuilder builder) {
    network = builder.network();
    optimizer = builder.optimizer();
    optimizer.seed(builder.seed());
    batchSize = builder.batchSize();
    ranks = builder.ranks();
    boolean shared = ranks.size() > 1;
    int share = Math.ceilDiv(batchSize, ranks.size()); // of a full batch, this rank's rows at most
    microBatch = Math.min(builder.microBatch(), share);
    seed = builder.seed();
    KernelProgram program = new KernelProgram(builder.device(), builder.traits());
    Objective objective = builder.objective();
    DeviceExamples resident = builder.resident();
    examples = new ExampleBatch(resident, builder.preprocessing(), objective.loss(), microBatch);
    control = NetworkTasks.control(network);
    Weights initial = builder.initial();
    parameters = FloatArray.fromArray(initial.parameters());
    buffers = NetworkArrays.buffers(initial.buffers());
    microGradients = new FloatArray(parameters.getSize());
    Unwritten.mark(microGradients);
    moves = shared && buffers != null ? NetworkArrays.buffers(new float[buffers.getSize()]) : buffers;
    evaluation =
        builder.evaluates()
            ? new EvaluationSections(
                program, network, resident, builder.preprocessing(), objective, builder.evaluationBatch(), parameters,
                buffers, ranks)
            : null;
    if (evaluation != null && moves != buffers) {
      evaluation.once().everyTime(buffers);
    }
    NetworkArrays arrays = new NetworkArrays(parameters, microGradients, moves, control);
    trained = ParameterShare.of(ranks, optimizer, program.traits().shape(), parameters).orElse(null);
    boolean accumulates = microBatch < share;
    List<Bucket> sent =
        !shared ? List.of() : accumulates || !ranks.anyThread() ? Bucket.one(network) : Bucket.of(network, builder.bucket());
    StepSections step =
        new StepSections(program, network, optimizer, examples, arrays, accumulates, sent, trained, builder.clipping());
    gradients = step.gradients();
    gradientSections = step.gradientSections();
    buckets = step.buckets();
    update = step.update();
    exchange = shared ? new GradientExchange(ranks, gradients, moves, buffers, trained) : null;
    tasks = step.tasks();
    plan = program.plan();
    count = step.count(plan, Batches.of(network, share, microBatch).steps());
    clock = new StepClock(tasks);
  }

  /**
   * What a plan is made of that trains a network on these examples, and begins with new weights.
   *
   * @param optimizer a new one; it cannot be shared with another plan
   */
  public static TrainingPlanBuilder builder(
      Network network, Optimizer optimizer, Examples examples, TornadoDevice device) {
    return new TrainingPlanBuilder(network, optimizer, examples, device);
  }

  /**
   * Goes on where another plan stood, instead of at the initial parameters. Before the first step only.
   *
   * @throws IllegalArgumentException if the state is another network's or optimizer's
   */
  public void restore(TrainingState state) {
    if (warm) {
      throw new IllegalStateException("this plan has made a step or an evaluation already; restore a new one");
    }
    state.weights().copyTo(parameters, buffers);
    if (trained == null) {
      optimizer.restore(state.optimizer());
    } else {
      trained.takeValues();
      optimizer.restore(trained.part(state.optimizer()));
    }
    steps = state.steps();
  }

  /** Downloads all that the next steps depend on, but what the constructor is given; of several ranks, each has to ask. */
  public TrainingState state() {
    Map<String, float[]> saved = optimizer.save(updated());
    return new TrainingState(steps, weights(), trained == null ? saved : trained.whole(saved));
  }

  /**
   * One training step. After the plan's first, checks that the device has written the losses and all gradients.
   *
   * @param indices examples of the training set; those of this batch are from {@code offset} on
   * @param offset where the batch begins
   * @param count examples of the batch, at most the batch size
   * @param rate the KL bound or learning rate in force
   * @throws IllegalStateException if the device has not run the whole of the first step
   */
  public void step(int[] indices, int offset, int count, double rate) {
    if (count < 1 || count > batchSize) {
      throw new IllegalArgumentException("a batch has 1 to " + batchSize + " examples, not " + count);
    }
    optimizer.prepare(steps + 1, rate);
    warmUp();
    boolean wanted = profilesLeft > 0 && !clock.isFresh() && steps % profileEvery == 0;
    boolean profiled = !replays && (wanted || clock.isDue());
    GraphPlan.Profiled execution = GraphPlan.Profiled.NOTHING;
    long start = System.nanoTime();
    double weight = examples.weigh(indices, offset, count);
    execution = execution.plus(execute(StepSections.BEFORE, profiled));
    control.set(count, resetMetrics, seed, steps);
    resetMetrics = false;
    RankRows rows = RankRows.of(ranks, indices, offset, count, batchSize, examples.isStreamed());
    Batches parts = Batches.of(network, Math.max(1, rows.count()), microBatch);
    for (int part = 0; part < parts.steps(); part++) {
      int size = Math.min(rows.count(), parts.count(part));
      examples.part(rows.order(), rows.offset() + parts.first(part), size);
      control.part(rows.first() + parts.first(part), size, part == 0);
      execution = execution.plus(addUp(profiled, part == parts.steps() - 1));
    }
    execution = execution.plus(update(profiled));
    long nanos = profiled ? execution.nanos() : System.nanoTime() - start;
    made++;
    if (profiled) {
      execution.profile().ifPresent(clock::profiled);
    }
    if (wanted && execution.profile().isPresent()) {
      profilesLeft--;
      profiles.accept(new StepProfile(steps, nanos, execution.profile().get()));
    }
    clock.add(nanos);
    examplesSinceMetrics += count;
    weightSinceMetrics += weight;
    steps++;
  }

  /**
   * Adds the gradients of a micro-batch to those of the batch.
   *
   * @param last whether they are complete then, and those of several ranks are added up
   */
  private GraphPlan.Profiled addUp(boolean profiled, boolean last) {
    GraphPlan.Profiled execution = GraphPlan.Profiled.NOTHING;
    Iterator<Map.Entry<Bucket, FloatArray>> next = buckets.entrySet().iterator();
    for (String section : gradientSections) {
      execution = execution.plus(execute(section, profiled));
      if (next.hasNext() && last) {
        Map.Entry<Bucket, FloatArray> bucket = next.next();
        exchange.add(plan.result(section), bucket.getKey(), bucket.getValue());
      }
    }
    if (made == 0) {
      checkWritten();
    }
    if (exchange != null) {
      if (last) {
        exchange.end();
      }
      exchange.move(plan.result(StepSections.GRADIENTS), last);
    }
    return execution;
  }

  private GraphPlan.Profiled update(boolean profiled) {
    GraphPlan.Profiled execution = GraphPlan.Profiled.NOTHING;
    for (OptimizerStep.Stage stage : update) {
      do {
        execution = execution.plus(execute(stage.section(), profiled));
        stage.end().accept(plan.result(stage.section()));
      } while (stage.again().getAsBoolean());
    }
    if (trained == null) {
      return execution;
    }
    trained.spread(updated());
    return execution.plus(execute(StepSections.SPREAD, profiled));
  }

  private GraphPlan.Profiled execute(String section, boolean profiled) {
    if (profiled) {
      return plan.executeProfiled(section);
    }
    plan.execute(section);
    return GraphPlan.Profiled.NOTHING;
  }

  /** Before the first step, executes the sections that are declared before a step's. */
  private void warmUp() {
    if (!warm && evaluation != null) {
      evaluation.warmUp(plan);
    }
    warm = true;
  }

  private void checkWritten() {
    examples.checkWritten(plan.result(StepSections.GRADIENTS));
    plan.result(gradientSections.getLast()).transferToHost(microGradients);
    for (ParameterSpec spec : network.parameters()) {
      Unwritten.check(microGradients, spec.offset(), spec.size(), "the gradient of " + spec.name());
    }
  }

  /**
   * Loss and metrics over a set of examples with the present weights, dropout off; nothing if it was stopped. Of several
   * ranks, each evaluates its share, and all are told of all.
   *
   * @param set the training set, or what the builder was given to evaluate on
   * @param stop asked before each batch, on all ranks as often
   * @throws IllegalArgumentException if it is another set
   * @throws IllegalStateException if the builder was given nothing to evaluate on
   */
  public Optional<Evaluation> evaluate(Examples set, BooleanSupplier stop) {
    return evaluate(set, set.count(), stop);
  }

  /** The same on so many of the examples at most, which are spread evenly over the set. */
  public Optional<Evaluation> evaluate(Examples set, int most, BooleanSupplier stop) {
    if (evaluation == null) {
      throw new IllegalStateException("this plan does not evaluate; give its builder the examples to evaluate on");
    }
    warm = true;
    return evaluation.evaluate(plan, set, most, List.of(), stop);
  }

  /** The result of the last update; null before the first. */
  private TornadoExecutionResult updated() {
    return plan.result(update.getLast().section());
  }

  /**
   * Has steps profiled, every fifth for 200 profiles, the first execution, which compiles, excluded.
   *
   * @param listener is given each profile in the thread that trains
   */
  public void profile(Consumer<StepProfile> listener) {
    profile(listener, PROFILE_EVERY);
  }

  /** The same of every so many-th step. */
  public void profile(Consumer<StepProfile> listener, int every) {
    profiles = listener;
    profilesLeft = PROFILES;
    profileEvery = every;
  }

  /**
   * Has the steps recorded as a CUDA graph and replayed, on TornadoVM's PTX and CUDA backends. A replay cannot be
   * profiled, so {@link #optimizerSeconds} is not known then. Before the first step only, because TornadoVM records
   * in the first execution.
   */
  public void replayAsCudaGraph() {
    if (warm) {
      throw new IllegalStateException(
          "this plan has made a step or an evaluation already; CUDA graphs begin with the first");
    }
    plan.withCudaGraph();
    replays = true;
  }

  /** The tasks of a step, in their order. */
  public List<GraphTask> tasks() {
    return tasks;
  }

  /**
   * Kernels that a step of a full batch launches on this device: each task, those of the gradients once for each micro-batch. Of
   * several ranks, a round more of the search for η launches its own again.
   */
  public int launches() {
    return count.launches();
  }

  /** Graphs of TornadoVM that it executes. */
  public int graphs() {
    return count.graphs();
  }

  /** Sums since the last call, over all ranks, each of which has to ask. Waits for the device, and downloads them. */
  public TrainingMetrics metrics() {
    if (examplesSinceMetrics == 0) {
      return new TrainingMetrics(0, 0, 0);
    }
    plan.result(StepSections.GRADIENTS).transferToHost(examples.sums());
    double lossSum = ranks.sum(new double[] {examples.lossSum()})[0];
    TrainingMetrics metrics = new TrainingMetrics(lossSum, weightSinceMetrics, examplesSinceMetrics);
    examplesSinceMetrics = 0;
    weightSinceMetrics = 0;
    resetMetrics = true;
    return metrics;
  }

  /** Downloads the parameters. */
  public float[] parameters() {
    if (trained != null) {
      return trained.values();
    }
    if (made > 0) {
      updated().transferToHost(parameters);
    }
    return parameters.toHeapArray();
  }

  /** Downloads the parameters and the running statistics. */
  public Weights weights() {
    if (buffers == null) {
      return new Weights(parameters(), new float[0]);
    }
    if (made > 0 && exchange == null) { // else the host has what all ranks have moved
      plan.result(StepSections.GRADIENTS).transferToHost(buffers);
    }
    return new Weights(parameters(), buffers.toHeapArray());
  }

  /**
   * Downloads the gradient of the last step, its values within their limit if there is one, not yet its norm; of several ranks, each
   * has to ask.
   */
  public float[] gradients() {
    if (trained != null) {
      FloatArray own = trained.parameters().gradients();
      updated().transferToHost(own);
      return trained.whole(own.toHeapArray());
    }
    updated().transferToHost(gradients);
    return gradients.toHeapArray();
  }

  /** Whether the next steps compute what {@link #report} tells, see {@link Optimizer#reporting}. */
  public void reporting(boolean on) {
    optimizer.reporting(on);
  }

  /** What the optimizer did in the last step, be it one before {@link #restore}; null before the first. */
  public StepReport report() {
    return steps == 0 ? null : optimizer.report(updated());
  }

  /** The same for each group of parameters; none before the first step. */
  public SequencedMap<String, StepReport> reports() {
    return steps == 0 ? new LinkedHashMap<>() : optimizer.reports(updated());
  }

  /** What a state of this plan tells of each weight, see {@link Optimizer#statistics}. */
  public SequencedMap<String, WeightStatistics> statistics(TrainingState state) {
    return optimizer.statistics(state.optimizer());
  }

  /**
   * The precision of each parameter after the last step; empty if the optimizer has none, or before the
   * first step. Of several ranks, each has to ask.
   */
  public float[] precision() {
    float[] own = steps == 0 ? new float[0] : optimizer.precision(updated());
    return trained == null || own.length == 0 ? own : trained.whole(own);
  }

  /** Whether each rank has the optimizer's state for a share of the parameters alone. */
  public boolean isStateDivided() {
    return trained != null;
  }

  /** Steps so far, those before {@link #restore} included. */
  public long steps() {
    return steps;
  }

  /** Examples of a full batch. */
  public int batchSize() {
    return batchSize;
  }

  /**
   * Wall time of the steps' forward and backward passes, the first one's compilation included: the network's share
   * of the steps' time, in proportion to the kernels' times on the device in the last step that was profiled (the
   * 1st, 2nd, 4th, 8th, … of the plan, and later one in 1024).
   */
  public double networkSeconds() {
    return clock.networkSeconds();
  }

  /**
   * Wall time of the steps' optimizer, as {@link #networkSeconds}; NaN where the device's times are not known, and
   * then that of the network is that of everything.
   */
  public double optimizerSeconds() {
    return clock.optimizerSeconds();
  }

  /** Wall time in which steps waited for features that are streamed; 0 where these lie on the device. */
  public double waitSeconds() {
    return examples.waitSeconds();
  }

  /** Bytes of device memory that the plan's arrays take, those of evaluations included. */
  public long deviceBytes() {
    return plan.deviceBytes();
  }

  @Override
  public void close() {
    try {
      plan.close();
    } finally {
      if (exchange != null) {
        exchange.close();
      }
    }
  }
}
