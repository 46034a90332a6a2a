// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import io.github.arturo4j.kernels.graph.Cost;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.nn.BatchControl;
import java.util.List;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Cross-entropy of the softmax of the outputs, in nats, for targets that are classes, of an example or at its positions:
 * {@code torch.nn.CrossEntropyLoss}.
 * With label smoothing ε and class weights w, the loss of an example of class y is −Σ_c t_c log softmax_c with
 * t_c = (1 − ε) w_y [c = y] + ε w_c / classes; the mean divides by the sum of the w_y. A label that is
 * {@link Targets.Classes#IGNORED} weighs 0. A batch whose examples all weigh 0 has no gradient, where PyTorch's is NaN.
 *
 * @param labelSmoothing ε, from 0 to 1 (Szegedy et al., CVPR 2016); null for 0
 * @param classWeights w, one for each output of the network; none, that is empty or null, for 1
 */
public record CrossEntropy(Double labelSmoothing, List<Double> classWeights) implements Loss {
  /** Checks the values. */
  public CrossEntropy {
    labelSmoothing = labelSmoothing == null ? 0 : labelSmoothing;
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
      throw new IllegalArgumentException("labelSmoothing is " + labelSmoothing + "; it must be from 0 to 1");
    }
    classWeights = classWeights == null ? List.of() : List.copyOf(classWeights);
    if (classWeights.stream().anyMatch(weight -> !(weight >= 0 && weight <= Float.MAX_VALUE))) {
      throw new IllegalArgumentException("classWeights is " + classWeights + "; each must be 0 or greater, and finite");
    }
  }

  /** Without smoothing and weights. */
  public CrossEntropy() {
    this(0.0, List.of());
  }

  /** The same with that label smoothing. */
  public CrossEntropy withLabelSmoothing(double smoothing) {
    return new CrossEntropy(smoothing, classWeights);
  }

  @Override
  public String name() {
    return "cross_entropy";
  }

  @Override
  public void check(Targets targets, int outputs) {
    Targets.Classes classes = targets.asClasses("the loss " + name());
    if (classes.classes() > outputs) {
      throw new IllegalArgumentException(
          "the loss " + name() + " takes an output for each of the " + classes + ", and there are " + outputs);
    }
    if (!classWeights.isEmpty() && classWeights.size() != outputs) {
      throw new IllegalArgumentException(
          "classWeights has " + classWeights.size() + " numbers; it must have one for each of the " + outputs
              + " outputs of the network");
    }
  }

  @Override
  public double weight(Targets targets, int example) {
    Targets.Classes all = (Targets.Classes) targets;
    double sum = 0;
    for (int i = example * all.positions(); i < (example + 1) * all.positions(); i++) {
      int label = all.labels()[i];
      if (label != Targets.Classes.IGNORED) {
        sum += classWeights.isEmpty() ? 1 : classWeights.get(label);
      }
    }
    return sum;
  }

  @Override
  public void addTo(KernelGraph graph, LossArrays a) {
    String task = graph.task("loss");
    if (labelSmoothing > 0 || !classWeights.isEmpty()) {
      addWeighted(graph, task, a);
    } else if (a.gradient() == null) {
      graph.cost(task, SoftmaxCrossEntropy.evaluateCost(a.rows(), a.width()));
      graph.add(
          g ->
              g.task(
                  task, SoftmaxCrossEntropy::evaluate, a.outputs(), a.labels(), a.indices(), a.control(), a.sums(),
                  a.rows(), a.positions(), a.width()));
    } else {
      graph.everyTime(a.scale());
      graph.cost(task, SoftmaxCrossEntropy.trainCost(a.rows(), a.width()));
      graph.add(
          g ->
              g.task(
                  task, SoftmaxCrossEntropy::train, a.outputs(), a.labels(), a.indices(), a.control(), a.scale(), a.sums(),
                  a.gradient(), a.rows(), a.positions(), a.width()));
    }
  }

  private void addWeighted(KernelGraph graph, String task, LossArrays a) {
    FloatArray weights = new FloatArray(a.width());
    weights.init(1f);
    for (int c = 0; c < classWeights.size(); c++) {
      weights.set(c, classWeights.get(c).floatValue());
    }
    FloatArray gradient = a.gradientOrScratch();
    float smoothing = labelSmoothing.floatValue();
    graph.once(weights).everyTime(a.scale());
    graph.cost(task, Cost.elements((long) a.rows() * a.width(), 11, 2, 1).plus(Cost.elements(a.rows(), 8, 3, 1)));
    graph.add(
        g ->
            g.task(
                task, CrossEntropy::weighted, a.outputs(), a.labels(), a.indices(), a.control(), a.scale(), weights,
                a.sums(), gradient, a.rows(), a.positions(), a.width(), smoothing));
  }

  /**
   * Loss and gradient with smoothing and weights: Σ_c t_c (lse − z_c) and (softmax_c Σ t − t_c) · scale.
   *
   * @param logits z, [rows, classes]
   * @param labels class of every example of the data set, [examples, positions]
   * @param indices the examples of the batch
   * @param control a {@link BatchControl}
   * @param scale 1 / sum of the weights of the whole batch
   * @param weights of the classes
   * @param sums [rows]
   * @param gradient [rows, classes]
   * @param rows examples of the batch · positions
   * @param smoothing ε
   */
  public static void weighted(
      FloatArray logits, IntArray labels, IntArray indices, IntArray control, FloatArray scale, FloatArray weights,
      FloatArray sums, FloatArray gradient, int rows, int positions, int classes, float smoothing) {
    for (@Parallel int r = 0; r < rows; r++) {
      int start = r * classes;
      float max = logits.get(start);
      for (int c = 1; c < classes; c++) {
        if (logits.get(start + c) > max) {
          max = logits.get(start + c);
        }
      }
      float sum = 0f;
      float weightSum = 0f;
      for (int c = 0; c < classes; c++) {
        float e = TornadoMath.exp(logits.get(start + c) - max);
        gradient.set(start + c, e);
        sum += e;
        weightSum += weights.get(c);
      }
      int label = SoftmaxCrossEntropy.label(r, positions, labels, indices, control);
      int known = TornadoMath.max(label, 0);
      float logSum = max + TornadoMath.log(sum);
      float own = (1f - smoothing) * weights.get(known);
      float share = smoothing / classes;
      float loss = own * (logSum - logits.get(start + known));
      if (smoothing > 0f) {
        for (int c = 0; c < classes; c++) {
          loss += share * weights.get(c) * (logSum - logits.get(start + c));
        }
      }
      float factor = scale.get(0);
      if (label < 0) {
        loss = 0f;
        factor = 0f;
      }
      float all = own + share * weightSum;
      for (int c = 0; c < classes; c++) {
        float target = share * weights.get(c);
        if (c == label) {
          target += own;
        }
        gradient.set(start + c, (gradient.get(start + c) / sum * all - target) * factor);
      }
      LossArrays.add(r, loss, control, sums);
    }
  }
}
