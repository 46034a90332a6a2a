// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.LossArrays;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.models.data.Preprocessing;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A batch that is taken from examples on the device, and the sums of a loss over such batches. */
public final class ExampleBatch {
  private final DeviceExamples examples;
  private final Preprocessing preprocessing;
  private final Loss loss;
  private final int size;
  private final FeatureStream stream;
  private final IntArray indices;
  private final FloatArray scale;
  private final FloatArray lossSums;

  private boolean loaded;
  private boolean checked;

  /**
   * A batch.
   *
   * @param size examples of it at most
   */
  public ExampleBatch(DeviceExamples examples, Preprocessing preprocessing, Loss loss, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batch size must be positive: " + size);
    }
    preprocessing.checkFits(examples.features());
    this.examples = examples;
    this.preprocessing = preprocessing;
    this.loss = loss;
    this.size = size;
    stream = examples.arrays() == null ? examples.stream(size) : null;
    indices = new IntArray(size);
    indices.init(0);
    scale = FloatArray.fromElements(1);
    lossSums = new FloatArray(Math.multiplyExact(size, examples.positions()));
    Unwritten.mark(lossSums);
  }

  /** Examples of it at most. */
  public int size() {
    return size;
  }

  /** Adds the transfers, and the task that collects the batch. */
  public FloatArray addTo(KernelGraph graph, BatchControl control) {
    Object targets = examples.labels() == null ? examples.values() : examples.labels();
    graph.once(targets, lossSums).everyTime(indices, control.array()).result(lossSums);
    if (stream == null) {
      graph.once(examples.arrays().array());
      return new BatchInput(examples.arrays(), preprocessing, size).addTo(graph, indices, control.array());
    }
    IntArray rows = BatchInput.rows(size);
    graph.once(rows).everyTime(stream.arrays().array());
    return new BatchInput(stream.arrays(), preprocessing, size).addTo(graph, rows, control.array());
  }

  /** Adds the task that adds the losses of the outputs to the sums. */
  public void addLoss(KernelGraph graph, BatchControl control, FloatArray outputs, int width) {
    addLossAndGradient(graph, control, outputs, null, width);
  }

  /** Adds the task that does so, and computes the gradient of the mean loss. */
  public void addLossAndGradient(
      KernelGraph graph, BatchControl control, FloatArray outputs, FloatArray gradient, int width) {
    loss.addTo(
        graph,
        new LossArrays(
            outputs, examples.labels(), examples.values(), indices, control.array(), scale, lossSums, gradient, size,
            examples.positions(), width));
  }

  /** Chooses the examples of the next execution, a whole batch. */
  public void choose(int[] chosen, int offset, int count) {
    if (count < 1) {
      throw new IllegalArgumentException("a batch has 1 to " + size + " examples, not " + count);
    }
    part(chosen, offset, count);
    weigh(chosen, offset, count);
  }

  /**
   * Chooses the examples of the next execution, of which there may be none; rows behind them get any example, and count for
   * nothing. Where features are streamed, they are waited for.
   */
  void part(int[] chosen, int offset, int count) {
    if (count < 0 || count > size) {
      throw new IllegalArgumentException("a part has up to " + size + " examples, not " + count);
    }
    for (int i = 0; i < size; i++) {
      int index = i < count ? chosen[offset + i] : 0;
      if (index < 0 || index >= examples.count()) {
        throw new IllegalArgumentException("example " + index + " is not one of " + examples.count());
      }
      indices.set(i, index);
    }
    if (stream != null && (count > 0 || !loaded)) { // what lies on a device at first may be no number
      stream.load(chosen, Math.min(offset, chosen.length - 1), Math.max(count, 1));
      loaded = true;
    }
  }

  /**
   * Has the next executions compute the gradient of the mean loss of that batch, of which they may each be a part.
   *
   * @return the sum of its examples' weights
   */
  double weigh(int[] chosen, int offset, int count) {
    double sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += examples.weight(loss, chosen[i]);
    }
    scale.set(0, sum > 0 ? (float) (1 / sum) : 0);
    return sum;
  }

  /** Whether features are read as they are needed. */
  boolean isStreamed() {
    return stream != null;
  }

  /** Wall time in which features were waited for; 0 where they are on the device. */
  double waitSeconds() {
    return stream == null ? 0 : stream.waitSeconds();
  }

  /** The array to download for {@link #lossSum}. */
  public FloatArray sums() {
    return lossSums;
  }

  /**
   * After the first execution, checks that the device has written the losses.
   *
   * @throws IllegalStateException if it has not
   */
  void checkWritten(TornadoExecutionResult result) {
    if (!checked) {
      result.transferToHost(lossSums);
      Unwritten.check(lossSums, 0, lossSums.getSize(), "the losses");
      checked = true;
    }
  }

  /** The sum of the downloaded sums. */
  public double lossSum() {
    double sum = 0;
    for (int i = 0; i < lossSums.getSize(); i++) {
      sum += lossSums.get(i);
    }
    return sum;
  }
}
