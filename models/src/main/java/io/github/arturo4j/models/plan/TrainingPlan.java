// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.Phase;
import io.github.arturo4j.kernels.inspect.StepProfile;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.StepReport;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.NetworkArrays;
import io.github.arturo4j.models.layer.ParameterSpec;
import java.util.List;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Trains a network on a set of images. A step is one graph (of many layers a few, see {@link GraphPlan}): forward, loss,
 * backward and optimizer, without a word to or from the host in between. Not thread-safe.
 */
public final class TrainingPlan implements AutoCloseable {
  /** With a listener to profiles, one execution in as many is profiled, … */
  private static final int PROFILE_EVERY = 5;

  /** … for as many profiles. */
  private static final int PROFILES = 200;

  private final Network network;
  private final Optimizer optimizer;
  private final int batchSize;
  private final long seed;
  private final BatchControl control;
  private final DeviceImages images;
  private final FloatArray parameters;
  private final FloatArray gradients;
  private final FloatArray buffers;
  private final GraphPlan plan;
  private final List<GraphTask> tasks;
  private final StepClock clock;

  private TornadoExecutionResult result;
  private Consumer<StepProfile> profiles;
  private int profilesLeft;
  private boolean replays;
  private long steps;
  private long imagesSinceMetrics;
  private boolean resetMetrics = true;

  /** A plan whose images are divided by 255 and no more, and whose running statistics begin as new ones. */
  public TrainingPlan(
      Network network, Optimizer optimizer, ImageSet images, float[] initialParameters, int batchSize,
      long seed, TornadoDevice device) {
    this(
        network, optimizer, images, Preprocessing.NONE, new Weights(initialParameters, network.initialBuffers()),
        batchSize, seed, device);
  }

  /**
   * Builds the graph; the first step compiles and uploads.
   *
   * @param optimizer a new one; it cannot be shared with another plan
   * @param images the training set
   * @param preprocessing of its images
   * @param initial where it begins, such as {@link Network#initialWeights}
   * @param batchSize images of a full batch
   * @param seed of dropout and augmentation
   * @throws IllegalArgumentException if the network cannot take the images or the weights
   */
  public TrainingPlan(
      Network network, Optimizer optimizer, ImageSet images, Preprocessing preprocessing,
      Weights initial, int batchSize, long seed, TornadoDevice device) {
    images.checkFits(network);
    check(network, network.parameterCount(), "parameters", initial.parameters());
    check(network, network.bufferCount(), "running statistics", initial.buffers());
    this.network = network;
    this.optimizer = optimizer;
    this.batchSize = batchSize;
    this.seed = seed;
    this.images = new DeviceImages(images, preprocessing, batchSize);
    control = new BatchControl(NetworkTasks.randomStreams(network));
    parameters = FloatArray.fromArray(initial.parameters());
    gradients = new FloatArray(parameters.getSize());
    Unwritten.mark(gradients);

    KernelGraph graph = new KernelGraph("step", device);
    graph.once(parameters, gradients).result(parameters, gradients);
    buffers = NetworkArrays.buffers(initial.buffers());
    if (buffers != null) {
      graph.once(buffers).result(buffers);
    }
    NetworkArrays arrays = new NetworkArrays(parameters, gradients, buffers, control);
    NetworkTasks.addTraining(graph, network, this.images, batchSize, arrays);
    optimizer.addTo(graph.phase(Phase.OPTIMIZER), arrays.trained(network.parameters()));
    plan = graph.plan();
    tasks = graph.tasks();
    clock = new StepClock(tasks);
  }

  private static void check(Network network, int size, String what, float[] values) {
    if (values.length != size) {
      throw new IllegalArgumentException(network.name() + " has " + size + " " + what + ", not " + values.length);
    }
  }

  /**
   * Goes on where another plan stood, instead of at the initial parameters. Before the first step only.
   *
   * @throws IllegalArgumentException if the state is another network's or optimizer's
   */
  public void restore(TrainingState state) {
    if (result != null) {
      throw new IllegalStateException("this plan has made a step already; restore a new one");
    }
    state.weights().copyTo(parameters, buffers);
    optimizer.restore(state.optimizer());
    steps = state.steps();
  }

  /** Downloads all that the next steps depend on, but what the constructor is given. */
  public TrainingState state() {
    return new TrainingState(steps, weights(), optimizer.save(result));
  }

  /**
   * One training step. After the plan's first, checks that the device has written the losses and all gradients.
   *
   * @param indices images of the training set; those of this batch are from {@code offset} on
   * @param offset where the batch begins
   * @param count images of the batch, at most the batch size
   * @param rate the KL bound or learning rate in force
   * @throws IllegalStateException if the device has not run the whole of the first step
   */
  public void step(int[] indices, int offset, int count, double rate) {
    images.choose(indices, offset, count);
    control.set(count, resetMetrics, seed, steps);
    optimizer.prepare(steps + 1, rate);
    boolean first = result == null;
    execute();
    if (first) {
      checkWritten();
    }
    resetMetrics = false;
    imagesSinceMetrics += count;
    steps++;
  }

  private void checkWritten() {
    images.checkWritten(result);
    result.transferToHost(gradients);
    for (ParameterSpec spec : network.parameters()) {
      Unwritten.check(gradients, spec.offset(), spec.size(), "the gradient of " + spec.name());
    }
  }

  private void execute() {
    boolean wanted = profilesLeft > 0 && !clock.isFresh() && steps % PROFILE_EVERY == 0;
    boolean profiled = !replays && (wanted || clock.isDue());
    if (!profiled) {
      long start = System.nanoTime();
      result = plan.execute();
      clock.add(System.nanoTime() - start);
      return;
    }
    GraphPlan.Profiled execution = plan.executeProfiled();
    result = execution.result();
    execution.profile().ifPresent(clock::profiled);
    if (wanted && execution.profile().isPresent()) {
      profilesLeft--;
      profiles.accept(new StepProfile(steps, execution.nanos(), execution.profile().get()));
    }
    clock.add(execution.nanos());
  }

  /**
   * Has steps profiled, every fifth for 200 profiles, the first execution, which compiles, excluded.
   *
   * @param listener is given each profile in the thread that trains
   */
  public void profile(Consumer<StepProfile> listener) {
    profiles = listener;
    profilesLeft = PROFILES;
  }

  /**
   * Has the steps recorded as a CUDA graph and replayed, on TornadoVM's PTX and CUDA backends. A replay cannot be
   * profiled, so {@link #optimizerSeconds} is not known then. Before the first step only, because TornadoVM records
   * in the first execution.
   */
  public void replayAsCudaGraph() {
    if (result != null) {
      throw new IllegalStateException("this plan has made a step already; CUDA graphs begin with the first");
    }
    plan.withCudaGraph();
    replays = true;
  }

  /** The tasks of a step, in their order. */
  public List<GraphTask> tasks() {
    return tasks;
  }

  /** Sums since the last call. Waits for the device, and downloads them. */
  public TrainingMetrics metrics() {
    if (imagesSinceMetrics == 0) {
      return new TrainingMetrics(0, 0, 0);
    }
    result.transferToHost(images.sums());
    TrainingMetrics metrics = new TrainingMetrics(images.lossSum(), images.hitSum(), imagesSinceMetrics);
    imagesSinceMetrics = 0;
    resetMetrics = true;
    return metrics;
  }

  /** Downloads the parameters. */
  public float[] parameters() {
    if (result != null) {
      result.transferToHost(parameters);
    }
    return parameters.toHeapArray();
  }

  /** Downloads the parameters and the running statistics. */
  public Weights weights() {
    if (buffers == null) {
      return new Weights(parameters(), new float[0]);
    }
    if (result != null) {
      result.transferToHost(buffers);
    }
    return new Weights(parameters(), buffers.toHeapArray());
  }

  /** Downloads the gradient of the last step. */
  public float[] gradients() {
    result.transferToHost(gradients);
    return gradients.toHeapArray();
  }

  /** Whether the next steps compute what {@link #report} tells, see {@link Optimizer#reporting}. */
  public void reporting(boolean on) {
    optimizer.reporting(on);
  }

  /** What the optimizer did in the last step, be it one before {@link #restore}; null before the first. */
  public StepReport report() {
    return steps == 0 ? null : optimizer.report(result);
  }

  /**
   * The precision of each parameter after the last step; empty if the optimizer has none, or before the
   * first step.
   */
  public float[] precision() {
    return steps == 0 ? new float[0] : optimizer.precision(result);
  }

  /** Steps so far, those before {@link #restore} included. */
  public long steps() {
    return steps;
  }

  /** Images of a full batch. */
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

  /** Bytes of device memory that the plan's arrays take. */
  public long deviceBytes() {
    return plan.deviceBytes();
  }

  @Override
  public void close() {
    plan.close();
  }
}
