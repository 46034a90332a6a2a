// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.collective.Single;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.graph.Upload;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.layer.NetworkArrays;
import io.github.arturo4j.models.metric.OutputObserver;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Evaluates a network on a fixed set of examples, as often as wanted: weights are sent, and what depends on them alone is
 * computed, once an evaluation. Not thread-safe.
 */
public final class EvaluationPlan implements AutoCloseable {
  private final Examples examples;
  private final EvaluationSections sections;
  private final FloatArray parameters;
  private final FloatArray buffers;
  private final GraphPlan plan;

  /** A plan of cross-entropy and accuracy whose images are divided by 255 and no more. */
  public EvaluationPlan(Network network, Examples examples, int batchSize, TornadoDevice device) {
    this(network, examples, Preprocessing.NONE, Objective.DEFAULT, batchSize, device);
  }

  /**
   * Compiles the evaluation; the examples are uploaded with the first one.
   *
   * @param preprocessing of the features, of which the random part is left out
   * @param objective what is measured
   * @param batchSize examples of one execution
   * @throws IllegalArgumentException if the network, the examples and the objective do not fit together
   */
  public EvaluationPlan(
      Network network, Examples examples, Preprocessing preprocessing, Objective objective, int batchSize,
      TornadoDevice device) {
    this(network, examples, preprocessing, objective, batchSize, device, DeviceTraits.of(device));
  }

  /** The same with kernels that are chosen for other traits than the device's own. */
  public EvaluationPlan(
      Network network, Examples examples, Preprocessing preprocessing, Objective objective, int batchSize,
      TornadoDevice device, DeviceTraits traits) {
    this.examples = examples;
    parameters = new FloatArray(network.parameterCount());
    buffers = NetworkArrays.buffers(network.initialBuffers());
    KernelProgram program = new KernelProgram(device, traits);
    sections =
        new EvaluationSections(
            program, network, new DeviceExamples(examples), preprocessing, objective.of(network, examples),
            Math.min(batchSize, examples.count()), parameters, buffers, Single.INSTANCE);
    sections.once().everyTime(parameters);
    if (buffers == null) {
      Upload.addTo(sections.once(), "parameters", parameters);
    } else {
      sections.once().everyTime(buffers); // with the parameters, for the tasks of the normalisations
    }
    plan = program.plan();
  }

  /**
   * Loss and metrics over all examples, of a network without running statistics.
   *
   * @param parameters the network's
   */
  public Evaluation evaluate(float[] parameters) {
    return evaluate(new Weights(parameters, new float[0]));
  }

  /** Loss and metrics over all examples. */
  public Evaluation evaluate(Weights weights) {
    return evaluate(weights, List.of());
  }

  /** Loss and metrics over all examples, of which others are shown the outputs, too. */
  public Evaluation evaluate(Weights weights, List<? extends OutputObserver> observers) {
    return evaluate(weights, observers, () -> false).orElseThrow();
  }

  /**
   * Loss and metrics over all examples, or nothing if it was stopped.
   *
   * @param stop asked before each batch
   */
  public Optional<Evaluation> evaluate(Weights weights, BooleanSupplier stop) {
    return evaluate(weights, List.of(), stop);
  }

  private Optional<Evaluation> evaluate(
      Weights weights, List<? extends OutputObserver> observers, BooleanSupplier stop) {
    weights.copyTo(parameters, buffers);
    return sections.evaluate(plan, examples, examples.count(), observers, stop);
  }

  /** Bytes of device memory that the plan's arrays take. */
  public long deviceBytes() {
    return plan.deviceBytes();
  }

  /** What executes a batch. */
  GraphPlan plan() {
    return plan;
  }

  @Override
  public void close() {
    plan.close();
  }
}
