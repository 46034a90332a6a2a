// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.loss.SoftmaxCrossEntropy;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.nn.BatchGather;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.data.Preprocessing;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** A batch that is taken from images on the device, and the sums of loss and hits over such batches. */
public final class ImageBatch {
  private final ResidentImages images;
  private final Preprocessing preprocessing;
  private final int size;
  private final IntArray indices;
  private final FloatArray batch;
  private final FloatArray lossSums;
  private final IntArray hits;

  private boolean checked;

  /**
   * A batch.
   *
   * @param size images of it at most
   */
  public ImageBatch(ResidentImages images, Preprocessing preprocessing, int size) {
    if (size < 1) {
      throw new IllegalArgumentException("batch size must be positive: " + size);
    }
    preprocessing.checkFits(images.shape());
    this.images = images;
    this.preprocessing = preprocessing;
    this.size = size;
    indices = new IntArray(size);
    indices.init(0);
    batch = new FloatArray(Math.multiplyExact(size, images.shape().size()));
    lossSums = new FloatArray(size);
    Unwritten.mark(lossSums);
    hits = new IntArray(size);
    hits.init(0);
  }

  /** Images of it at most. */
  public int size() {
    return size;
  }

  /** Adds the transfers, and the task that collects the batch. */
  public FloatArray addTo(KernelGraph graph, BatchControl control) {
    graph.once(images.pixels(), images.labels(), lossSums, hits).everyTime(indices, control.array()).result(lossSums, hits);
    if (preprocessing.equals(Preprocessing.NONE)) {
      String task = graph.task("gather");
      int values = images.shape().size();
      graph.cost(task, BatchGather.cost(size, values));
      graph.loops(task, size, values);
      graph.add(
          g -> g.task(task, BatchGather::gather, images.pixels(), indices, control.array(), batch, size, values));
    } else {
      addAugment(graph, control);
    }
    return batch;
  }

  private void addAugment(KernelGraph graph, BatchControl control) {
    String task = graph.task("augment");
    FloatArray moments = moments();
    int channels = images.shape().channels();
    int height = images.shape().height();
    int width = images.shape().width();
    Augmentation augmentation = preprocessing.augmentation();
    int padding = augmentation == null ? 0 : augmentation.padding();
    int reflect = augmentation != null && augmentation.mode() == Augmentation.Mode.reflect ? 1 : 0;
    int flip = augmentation != null && augmentation.flip() ? 1 : 0;
    graph.once(moments);
    graph.cost(task, BatchGather.augmentCost(size, images.shape().size()));
    graph.loops(task, size * channels * height, width);
    graph.add(
        g ->
            g.task(
                task, BatchGather::augment, images.pixels(), indices, control.array(), moments, batch, size, channels,
                height, width, padding, reflect, flip));
  }

  /** Mean and standard deviation of the channels, as {@link BatchGather#augment} takes them. */
  private FloatArray moments() {
    int channels = images.shape().channels();
    Normalization normalization = preprocessing.normalization();
    FloatArray moments = new FloatArray(2 * channels);
    for (int c = 0; c < channels; c++) {
      moments.set(c, normalization == null ? 0 : normalization.mean().get(c).floatValue());
      moments.set(channels + c, normalization == null ? 1 : normalization.std().get(c).floatValue());
    }
    return moments;
  }

  /** Adds the task that adds loss and hits to the sums. */
  public void addLoss(KernelGraph graph, BatchControl control, FloatArray logits, int classes) {
    String task = graph.task("loss");
    graph.cost(task, SoftmaxCrossEntropy.evaluateCost(size, classes));
    graph.add(
        g ->
            g.task(
                task, SoftmaxCrossEntropy::evaluate, logits, images.labels(), indices, control.array(), lossSums, hits,
                size, classes));
  }

  /** Adds the task that does so, and computes the gradient of the mean loss. */
  public void addLossAndGradient(
      KernelGraph graph, BatchControl control, FloatArray logits, FloatArray gradient, int classes) {
    String task = graph.task("loss");
    graph.cost(task, SoftmaxCrossEntropy.trainCost(size, classes));
    graph.add(
        g ->
            g.task(
                task, SoftmaxCrossEntropy::train, logits, images.labels(), indices, control.array(), lossSums, hits,
                gradient, size, classes));
  }

  /** Chooses the images of the next execution; rows behind them get image 0, and count for nothing. */
  public void choose(int[] chosen, int offset, int count) {
    if (count < 1 || count > size) {
      throw new IllegalArgumentException("a batch has 1 to " + size + " images, not " + count);
    }
    for (int i = 0; i < size; i++) {
      int index = i < count ? chosen[offset + i] : 0;
      if (index < 0 || index >= images.count()) {
        throw new IllegalArgumentException("image " + index + " is not one of " + images.count());
      }
      indices.set(i, index);
    }
  }

  /** The arrays to download for {@link #lossSum} and {@link #hitSum}. */
  public Object[] sums() {
    return new Object[] {lossSums, hits};
  }

  /**
   * After the first execution, checks that the device has written the losses.
   *
   * @throws IllegalStateException if it has not
   */
  void checkWritten(TornadoExecutionResult result) {
    if (!checked) {
      result.transferToHost(lossSums);
      Unwritten.check(lossSums, 0, size, "the losses");
      checked = true;
    }
  }

  public double lossSum() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += lossSums.get(i);
    }
    return sum;
  }

  long hitSum() {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      sum += hits.get(i);
    }
    return sum;
  }
}
