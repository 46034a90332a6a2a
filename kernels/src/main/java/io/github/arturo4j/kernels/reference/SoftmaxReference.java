// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

/**
 * Softmax cross-entropy of one image in double: what {@link io.github.arturo4j.kernels.loss.SoftmaxCrossEntropy} is
 * compared with.
 *
 * @param loss −log softmax(logits)[label], in nats
 * @param hit whether the first of the greatest logits is the label's
 * @param gradient softmax − one-hot, [classes]
 */
public record SoftmaxReference(double loss, boolean hit, double[] gradient) {
  /** Evaluates one image. */
  public static SoftmaxReference of(double[] logits, int label) {
    int best = 0;
    for (int c = 1; c < logits.length; c++) {
      best = logits[c] > logits[best] ? c : best;
    }
    double sum = 0;
    for (double logit : logits) {
      sum += Math.exp(logit - logits[best]);
    }
    double[] gradient = new double[logits.length];
    for (int c = 0; c < logits.length; c++) {
      gradient[c] = Math.exp(logits[c] - logits[best]) / sum - (c == label ? 1 : 0);
    }
    return new SoftmaxReference(logits[best] - logits[label] + Math.log(sum), best == label, gradient);
  }
}
