// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.BatchGather;
import io.github.arturo4j.kernels.nn.ColorJitterTasks;
import io.github.arturo4j.kernels.nn.ResizedCropTasks;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.ColorJitter;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.data.ResizedCrop;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The task that makes a network's input of the chosen features.
 *
 * @param features of which they are; whoever adds the task has them sent
 * @param size rows of a batch
 */
record BatchInput(FeatureArrays features, Preprocessing preprocessing, int size) {
  /** The indices of features that lie in the order of the batch. */
  static IntArray rows(int size) {
    IntArray rows = new IntArray(size);
    for (int i = 0; i < size; i++) {
      rows.set(i, i);
    }
    return rows;
  }

  /** Adds it; the input, [size, shape]. */
  FloatArray addTo(KernelGraph graph, IntArray indices, IntArray control) {
    FloatArray batch = new FloatArray(Math.multiplyExact(size, features.shape().size()));
    if (features.floats() != null) {
      addFloats(graph, indices, control, batch);
    } else if (preprocessing.equals(Preprocessing.NONE)) {
      addGather(graph, indices, control, batch);
    } else {
      addAugment(graph, indices, control, batch);
    }
    return batch;
  }

  private void addGather(KernelGraph graph, IntArray indices, IntArray control, FloatArray batch) {
    String task = graph.task("gather");
    int values = features.shape().size();
    graph.cost(task, BatchGather.cost(size, values));
    graph.loops(task, size, values);
    graph.add(g -> g.task(task, BatchGather::gather, features.bytes(), indices, control, batch, size, values));
  }

  private void addFloats(KernelGraph graph, IntArray indices, IntArray control, FloatArray batch) {
    int values = features.shape().size();
    String task = graph.task("gather");
    graph.loops(task, size, values);
    if (preprocessing.normalization() == null) {
      graph.cost(task, BatchGather.floatsCost(size, values, 0));
      graph.add(g -> g.task(task, BatchGather::gatherFloats, features.floats(), indices, control, batch, size, values));
    } else {
      FloatArray moments = moments(preprocessing.normalization());
      int channels = features.shape().channels();
      int pixels = features.shape().pixels();
      graph.once(moments);
      graph.cost(task, BatchGather.floatsCost(size, values, 2));
      graph.add(
          g ->
              g.task(
                  task, BatchGather::normalizeFloats, features.floats(), indices, control, moments, batch, size, channels,
                  pixels));
    }
  }

  private void addAugment(KernelGraph graph, IntArray indices, IntArray control, FloatArray batch) {
    Augmentation augmentation = preprocessing.augmentation();
    ColorJitter jitter = augmentation == null ? null : augmentation.colorJitter();
    FloatArray moments = moments(preprocessing.normalization());
    graph.once(moments);
    if (jitter == null) {
      addGeometry(graph, indices, control, moments, batch);
      return;
    }
    FloatArray none = moments(null);
    graph.once(none);
    addGeometry(graph, indices, control, none, batch);
    new ColorJitterTasks(
        size, features.shape().channels(), features.shape().height(), features.shape().width(), jitter.brightness(),
        jitter.contrast(), jitter.saturation(), jitter.hue())
        .addTo(graph, control, moments, batch);
  }

  /** What of each image is taken, and how it is turned. */
  private void addGeometry(KernelGraph graph, IntArray indices, IntArray control, FloatArray moments, FloatArray batch) {
    int channels = features.shape().channels();
    int height = features.shape().height();
    int width = features.shape().pixels() / height;
    Augmentation augmentation = preprocessing.augmentation();
    if (augmentation != null && augmentation.resizedCrop() != null) {
      ResizedCrop crop = augmentation.resizedCrop();
      new ResizedCropTasks(size, channels, height, width, crop.scale(), crop.ratio(), augmentation.flip())
          .addTo(graph, features.bytes(), indices, control, moments, batch);
      return;
    }
    String task = graph.task("augment");
    int padding = augmentation == null ? 0 : augmentation.padding();
    int reflect = augmentation != null && augmentation.mode() == Augmentation.Mode.reflect ? 1 : 0;
    int flip = augmentation != null && augmentation.flip() ? 1 : 0;
    graph.cost(task, BatchGather.augmentCost(size, features.shape().size()));
    graph.loops(task, size * channels * height, width);
    graph.add(
        g ->
            g.task(
                task, BatchGather::augment, features.bytes(), indices, control, moments, batch, size, channels, height,
                width, padding, reflect, flip));
  }

  /** Mean and standard deviation of the channels, as {@link BatchGather#augment} takes them; null for 0 and 1. */
  private FloatArray moments(Normalization normalization) {
    int channels = features.shape().channels();
    FloatArray moments = new FloatArray(2 * channels);
    for (int c = 0; c < channels; c++) {
      moments.set(c, normalization == null ? 0 : normalization.mean().get(c).floatValue());
      moments.set(channels + c, normalization == null ? 1 : normalization.std().get(c).floatValue());
    }
    return moments;
  }
}
