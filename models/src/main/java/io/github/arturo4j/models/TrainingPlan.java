// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.KernelGraph;
import io.github.arturo4j.kernels.nn.StepControl;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.StepReport;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Trains a network on a set of images: one execution plan of two graphs, the network's and the optimizer's,
 * which share parameters and gradients on the device. Not thread-safe.
 */
public final class TrainingPlan implements AutoCloseable {
  private static final int NETWORK = 0;
  private static final int OPTIMIZER = 1;

  private final Optimizer optimizer;
  private final int batchSize;
  private final long seed;
  private final StepControl control;
  private final DeviceImages images;
  private final FloatArray parameters;
  private final FloatArray gradients;
  private final FloatArray buffers;
  private final TornadoExecutionPlan plan;
  private final long deviceBytes;

  private TornadoExecutionResult networkResult;
  private TornadoExecutionResult optimizerResult;
  private long steps;
  private long imagesSinceMetrics;
  private boolean resetMetrics = true;
  private long networkNanos;
  private long optimizerNanos;

  /** A plan whose images are divided by 255 and no more. */
  public TrainingPlan(
      Network network, Optimizer optimizer, ImageSet images, float[] initialParameters, int batchSize,
      long seed, TornadoDevice device) {
    this(network, optimizer, images, Preprocessing.NONE, initialParameters, batchSize, seed, device);
  }

  /**
   * Builds the graphs; the first step compiles and uploads.
   *
   * @param optimizer a new one; it cannot be shared with another plan
   * @param images the training set
   * @param preprocessing of its images
   * @param initialParameters as {@link Network#initialParameters}
   * @param batchSize images of a full batch
   * @param seed of dropout and augmentation
   * @throws IllegalArgumentException if the network cannot take the images or the parameters
   */
  public TrainingPlan(
      Network network, Optimizer optimizer, ImageSet images, Preprocessing preprocessing,
      float[] initialParameters, int batchSize, long seed, TornadoDevice device) {
    images.checkFits(network);
    if (initialParameters.length != network.parameterCount()) {
      throw new IllegalArgumentException(
          network.name() + " has " + network.parameterCount() + " parameters, not "
              + initialParameters.length);
    }
    this.optimizer = optimizer;
    this.batchSize = batchSize;
    this.seed = seed;
    this.images = new DeviceImages(images, preprocessing, batchSize);
    control = new StepControl(NetworkTasks.dropouts(network));
    parameters = FloatArray.fromArray(initialParameters);
    gradients = new FloatArray(initialParameters.length);
    gradients.init(0f);

    KernelGraph networkGraph = new KernelGraph("network", device);
    networkGraph.once(parameters, gradients);
    buffers = NetworkArrays.buffers(network.initialBuffers());
    if (buffers != null) {
      networkGraph.once(buffers).result(buffers);
    }
    NetworkArrays arrays = new NetworkArrays(parameters, gradients, buffers, control);
    NetworkTasks tasks = NetworkTasks.addTraining(networkGraph, network, this.images, batchSize, arrays);
    networkGraph.result(gradients).keep(parameters, gradients);

    KernelGraph optimizerGraph = new KernelGraph("optimizer", device);
    optimizerGraph.consume(networkGraph.name(), parameters, gradients);
    optimizer.addTo(optimizerGraph, parameters, gradients);
    optimizerGraph.result(parameters).keep(parameters, gradients);

    plan = KernelGraph.plan(networkGraph, optimizerGraph);
    deviceBytes = this.images.bytes() + tasks.bytes() + 8L * parameters.getSize() + optimizer.stateBytes();
  }

  /**
   * Goes on where another plan stood, instead of at the initial parameters. Before the first step only.
   *
   * @throws IllegalArgumentException if the state is another network's or optimizer's
   */
  public void restore(TrainingState state) {
    if (optimizerResult != null) {
      throw new IllegalStateException("this plan has made a step already; restore a new one");
    }
    state.weights().copyTo(parameters, buffers);
    optimizer.restore(state.steps(), state.optimizer());
    steps = state.steps();
  }

  /** Downloads all that the next steps depend on, but what the constructor is given. */
  public TrainingState state() {
    return new TrainingState(steps, weights(), optimizer.save(optimizerResult));
  }

  /**
   * One training step.
   *
   * @param indices images of the training set; those of this batch are from {@code offset} on
   * @param offset where the batch begins
   * @param count images of the batch, at most the batch size
   * @param rate the KL bound or learning rate in force
   */
  public void step(int[] indices, int offset, int count, double rate) {
    images.choose(indices, offset, count);
    control.set(count, resetMetrics, seed, steps);
    optimizer.prepare(rate);
    long start = System.nanoTime();
    networkResult = plan.withGraph(NETWORK).execute();
    long middle = System.nanoTime();
    optimizerResult = plan.withGraph(OPTIMIZER).execute();
    optimizerNanos += System.nanoTime() - middle;
    networkNanos += middle - start;
    resetMetrics = false;
    imagesSinceMetrics += count;
    steps++;
  }

  /** Sums since the last call. Waits for the device, and downloads them. */
  public TrainingMetrics metrics() {
    if (imagesSinceMetrics == 0) {
      return new TrainingMetrics(0, 0, 0);
    }
    download(images.sums());
    TrainingMetrics metrics = new TrainingMetrics(images.lossSum(), images.hitSum(), imagesSinceMetrics);
    imagesSinceMetrics = 0;
    resetMetrics = true;
    return metrics;
  }

  /** Downloads the parameters. */
  public float[] parameters() {
    if (optimizerResult != null) {
      optimizerResult.transferToHost(parameters);
    }
    return parameters.toHeapArray();
  }

  /** Downloads the parameters and the running statistics. */
  public Weights weights() {
    if (buffers == null) {
      return new Weights(parameters(), new float[0]);
    }
    if (networkResult != null) {
      download(buffers);
    }
    return new Weights(parameters(), buffers.toHeapArray());
  }

  /** Downloads the gradient of the last step. */
  float[] gradients() {
    download(gradients);
    return gradients.toHeapArray();
  }

  /** Whether the next steps compute what {@link #report} tells, see {@link Optimizer#reporting}. */
  public void reporting(boolean on) {
    optimizer.reporting(on);
  }

  /** What the optimizer did in the last step, be it one before {@link #restore}; null before the first. */
  public StepReport report() {
    return steps == 0 ? null : optimizer.report(optimizerResult);
  }

  /**
   * The precision of each parameter after the last step; empty if the optimizer has none, or before the
   * first step.
   */
  public float[] precision() {
    return steps == 0 ? new float[0] : optimizer.precision(optimizerResult);
  }

  /**
   * Downloads arrays of the network's graph. TornadoVM asks the graph that the plan has selected, whichever
   * result is asked; the optimizer's is selected at all other times.
   */
  private void download(Object... arrays) {
    plan.withGraph(NETWORK);
    networkResult.transferToHost(arrays);
    plan.withGraph(OPTIMIZER);
  }

  /** Steps so far, those before {@link #restore} included. */
  public long steps() {
    return steps;
  }

  /** Images of a full batch. */
  public int batchSize() {
    return batchSize;
  }

  /** Wall time of all executions of the network's graph, the first one's compilation included. */
  public double networkSeconds() {
    return networkNanos * 1e-9;
  }

  /** Wall time of all executions of the optimizer's graph, the first one's compilation included. */
  public double optimizerSeconds() {
    return optimizerNanos * 1e-9;
  }

  /** Bytes of device memory that the plan's arrays take, scratch space of the linear algebra not counted. */
  public long deviceBytes() {
    return deviceBytes;
  }

  @Override
  public void close() {
    Plans.close(plan);
  }
}
