// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

import io.github.arturo4j.kernels.loss.BinaryCrossEntropyWithLogits;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.loss.Huber;
import io.github.arturo4j.kernels.loss.L1;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.MeanSquaredError;
import io.github.arturo4j.kernels.loss.Targets;
import java.util.Arrays;
import java.util.List;

/**
 * The losses of one example in double, as their definitions say: what those of {@link io.github.arturo4j.kernels.loss} are
 * compared with.
 *
 * @param loss of the example, times its weight
 * @param gradient of that with respect to the outputs
 */
public record LossReference(double loss, double[] gradient) {
  /**
   * What a loss of this library is to be for an example.
   *
   * @param example which of the targets is its; of classes at several positions, each counts
   * @param outputs of the network for it
   */
  public static LossReference of(Loss loss, Targets targets, int example, double... outputs) {
    int n = outputs.length;
    return switch (loss) {
      case CrossEntropy _ when ((Targets.Classes) targets).labels()[example] == Targets.Classes.IGNORED ->
          new LossReference(0, new double[n]);
      case CrossEntropy entropy ->
          crossEntropy(
              outputs, ((Targets.Classes) targets).labels()[example], entropy.labelSmoothing(),
              filled(entropy.classWeights(), n));
      case MeanSquaredError error -> meanSquaredError(outputs, values(targets, example));
      case L1 _ -> absoluteError(outputs, values(targets, example));
      case Huber huber -> huber(outputs, values(targets, example), huber.delta());
      case BinaryCrossEntropyWithLogits entropy ->
          binaryCrossEntropy(outputs, values(targets, example), filled(entropy.positiveWeights(), n));
      default -> throw new IllegalArgumentException("there is no reference of the loss " + loss.name());
    };
  }

  private static double[] filled(List<Double> weights, int n) {
    double[] all = new double[n];
    for (int i = 0; i < n; i++) {
      all[i] = weights.isEmpty() ? 1 : weights.get(i % weights.size());
    }
    return all;
  }

  private static double[] values(Targets targets, int example) {
    Targets.Values all = (Targets.Values) targets;
    return Comparison.doubles(Arrays.copyOfRange(all.values(), example * all.width(), (example + 1) * all.width()));
  }

  /** Cross-entropy of the softmax, in nats. */
  public static LossReference crossEntropy(double[] logits, int label) {
    double[] ones = new double[logits.length];
    Arrays.fill(ones, 1);
    return crossEntropy(logits, label, 0, ones);
  }

  /** Cross-entropy with label smoothing and class weights: −Σ_c t_c log softmax_c. */
  public static LossReference crossEntropy(double[] logits, int label, double smoothing, double[] weights) {
    double max = Arrays.stream(logits).max().orElseThrow();
    double logSum = max + Math.log(Arrays.stream(logits).map(z -> Math.exp(z - max)).sum());
    double[] targets = new double[logits.length];
    for (int c = 0; c < logits.length; c++) {
      targets[c] = (c == label ? (1 - smoothing) * weights[c] : 0) + smoothing * weights[c] / logits.length;
    }
    double loss = 0;
    double[] gradient = new double[logits.length];
    for (int c = 0; c < logits.length; c++) {
      loss -= targets[c] * (logits[c] - logSum);
      gradient[c] = Arrays.stream(targets).sum() * Math.exp(logits[c] - logSum) - targets[c];
    }
    return new LossReference(loss, gradient);
  }

  /** Mean of the squared differences. */
  public static LossReference meanSquaredError(double[] outputs, double[] targets) {
    double loss = 0;
    double[] gradient = new double[outputs.length];
    for (int j = 0; j < outputs.length; j++) {
      double difference = outputs[j] - targets[j];
      loss += difference * difference / outputs.length;
      gradient[j] = 2 * difference / outputs.length;
    }
    return new LossReference(loss, gradient);
  }

  /** Mean of the absolute differences. */
  public static LossReference absoluteError(double[] outputs, double[] targets) {
    double loss = 0;
    double[] gradient = new double[outputs.length];
    for (int j = 0; j < outputs.length; j++) {
      loss += Math.abs(outputs[j] - targets[j]) / outputs.length;
      gradient[j] = Math.signum(outputs[j] - targets[j]) / outputs.length;
    }
    return new LossReference(loss, gradient);
  }

  /** Mean of the halved squares of differences up to delta, and of what goes on in a straight line beyond. */
  public static LossReference huber(double[] outputs, double[] targets, double delta) {
    double loss = 0;
    double[] gradient = new double[outputs.length];
    for (int j = 0; j < outputs.length; j++) {
      double difference = outputs[j] - targets[j];
      double size = Math.abs(difference);
      loss += (size <= delta ? size * size / 2 : delta * (size - delta / 2)) / outputs.length;
      gradient[j] = (size <= delta ? difference : delta * Math.signum(difference)) / outputs.length;
    }
    return new LossReference(loss, gradient);
  }

  /** Mean of −p t log σ(z) − (1 − t) log(1 − σ(z)), in nats. */
  public static LossReference binaryCrossEntropy(double[] logits, double[] targets, double[] positiveWeights) {
    double loss = 0;
    double[] gradient = new double[logits.length];
    for (int j = 0; j < logits.length; j++) {
      double sigmoid = 1 / (1 + Math.exp(-logits[j]));
      double other = 1 / (1 + Math.exp(logits[j]));
      double positive = positiveWeights[j] * targets[j];
      loss -= (positive * logSigmoid(logits[j]) + (1 - targets[j]) * logSigmoid(-logits[j])) / logits.length;
      gradient[j] = ((1 - targets[j]) * sigmoid - positive * other) / logits.length;
    }
    return new LossReference(loss, gradient);
  }

  private static double logSigmoid(double z) {
    return Math.min(z, 0) - Math.log1p(Math.exp(-Math.abs(z)));
  }
}
