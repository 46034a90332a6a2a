// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.reference;

/**
 * Batch normalisation of NCHW images in double, channel by channel: what
 * {@link io.github.arturo4j.kernels.nn.BatchNormKernels} and its gradient are compared with.
 *
 * @param count valid images
 * @param channels channels of an image
 * @param pixels pixels of a channel
 */
public record BatchNormReference(int count, int channels, int pixels) {
  private static final double EPSILON = 1e-5;
  private static final double MOMENTUM = 0.1;

  /** Values that a channel's statistics are of. */
  private int values() {
    return count * pixels;
  }

  private int index(int channel, int value) {
    return (value / pixels * channels + channel) * pixels + value % pixels;
  }

  /** The mean of each channel of x, [at least count, channels, pixels]. */
  public double[] means(double[] x) {
    double[] means = new double[channels];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < values(); i++) {
        means[c] += x[index(c, i)] / values();
      }
    }
    return means;
  }

  /** The biased variance of each channel. */
  public double[] variances(double[] x) {
    double[] means = means(x);
    double[] variances = new double[channels];
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < values(); i++) {
        variances[c] += Math.pow(x[index(c, i)] - means[c], 2) / values();
      }
    }
    return variances;
  }

  /** x normalised with those statistics, then times weight plus bias; rows beyond the valid ones, too. */
  public double[] forward(double[] x, double[] means, double[] variances, double[] weight, double[] bias) {
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int c = i / pixels % channels;
      y[i] = (x[i] - means[c]) / Math.sqrt(variances[c] + EPSILON) * weight[c] + bias[c];
    }
    return y;
  }

  /** The running mean or variance after a batch. */
  public static double[] moved(double[] running, double[] batch) {
    double[] moved = new double[running.length];
    for (int c = 0; c < running.length; c++) {
      moved[c] = (1 - MOMENTUM) * running[c] + MOMENTUM * batch[c];
    }
    return moved;
  }

  /** The unbiased variance of each channel; 0 of a single value. */
  public double[] unbiased(double[] x) {
    double[] variances = variances(x);
    for (int c = 0; c < channels; c++) {
      variances[c] *= values() / Math.max(1.0, values() - 1);
    }
    return variances;
  }

  /** The gradients with respect to x, 0 in padding rows, to the weight and to the bias. */
  public record Gradient(double[] x, double[] weight, double[] bias) {}

  /** The gradient of the normalisation with the batch's own statistics. */
  public Gradient backward(double[] x, double[] dy, double[] weight) {
    double[] means = means(x);
    double[] variances = variances(x);
    Gradient gradient = new Gradient(new double[x.length], new double[channels], new double[channels]);
    for (int c = 0; c < channels; c++) {
      double deviation = Math.sqrt(variances[c] + EPSILON);
      for (int i = 0; i < values(); i++) {
        double z = (x[index(c, i)] - means[c]) / deviation;
        gradient.weight[c] += dy[index(c, i)] * z;
        gradient.bias[c] += dy[index(c, i)];
      }
      for (int i = 0; i < values(); i++) {
        double z = (x[index(c, i)] - means[c]) / deviation;
        gradient.x[index(c, i)] =
            weight[c] / deviation
                * (dy[index(c, i)] - gradient.bias[c] / values() - z * gradient.weight[c] / values());
      }
    }
    return gradient;
  }
}
