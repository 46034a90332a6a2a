// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.nn.StepControl;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The forward pass of a network in double precision, image by image, layer by layer, as plainly as it can be
 * written. Its loss is what the gradients of the float kernels are checked against, by central differences.
 */
final class ReferenceNetwork {
  private final Network network;
  private final IntArray control;

  /** A network with the dropout of a step; of seed null: without dropout. */
  ReferenceNetwork(Network network, Long seed, long step) {
    this.network = network;
    if (seed == null) {
      control = null;
    } else {
      StepControl stepControl = new StepControl(NetworkTasks.dropouts(network));
      stepControl.set(1, false, seed, step);
      control = stepControl.array();
    }
  }

  /** Mean loss over the images, in nats, row b being image indices[b]. */
  double loss(double[] parameters, ImageSet images, int... indices) {
    double sum = 0;
    for (int row = 0; row < indices.length; row++) {
      double[] logits = logits(parameters, image(images, indices[row]), row);
      double total = 0;
      for (double logit : logits) {
        total += Math.exp(logit);
      }
      sum += Math.log(total) - logits[images.labels()[indices[row]] & 0xff];
    }
    return sum / indices.length;
  }

  private static double[] image(ImageSet images, int index) {
    int size = images.shape().size();
    double[] x = new double[size];
    for (int i = 0; i < size; i++) {
      x[i] = (images.pixels()[index * size + i] & 0xff) / 255.0;
    }
    return x;
  }

  /** The logits of one image in a row of the batch. */
  double[] logits(double[] parameters, double[] image, int row) {
    double[] x = image;
    Shape shape = network.input();
    int parameter = 0;
    int dropout = 0;
    for (Layer layer : network.layers()) {
      switch (layer) {
        case Layer.Convolution c -> {
          x = convolution(parameters, network.parameters().get(parameter).offset(), x, shape, c);
          int lost = c.kernel() - 1 - 2 * c.padding();
          shape = new Shape(c.outChannels(), shape.height() - lost, shape.width() - lost);
          parameter += 2;
        }
        case Layer.Linear l -> {
          x = linear(parameters, network.parameters().get(parameter).offset(), x, l.out());
          shape = new Shape(l.out(), 1, 1);
          parameter += 2;
        }
        case Layer.Relu _ -> {
          for (int i = 0; i < x.length; i++) {
            x[i] = Math.max(0, x[i]);
          }
        }
        case Layer.MaxPool _ -> {
          x = maxPool(x, shape);
          shape = new Shape(shape.channels(), shape.height() / 2, shape.width() / 2);
        }
        case Layer.Dropout d -> dropout(x, row, d.probability(), dropout++);
        case Layer.Flatten _ -> shape = new Shape(shape.size(), 1, 1);
      }
    }
    return x;
  }

  private static double[] linear(double[] parameters, int weight, double[] x, int out) {
    double[] y = new double[out];
    for (int o = 0; o < out; o++) {
      y[o] = parameters[weight + out * x.length + o];
      for (int i = 0; i < x.length; i++) {
        y[o] += parameters[weight + o * x.length + i] * x[i];
      }
    }
    return y;
  }

  private static double[] convolution(double[] parameters, int weight, double[] x, Shape in,
      Layer.Convolution c) {
    int k = c.kernel();
    int height = in.height() + 2 * c.padding() - k + 1;
    int width = in.width() + 2 * c.padding() - k + 1;
    int patch = in.channels() * k * k;
    double[] y = new double[c.outChannels() * height * width];
    for (int i = 0; i < y.length; i++) {
      int o = i / (height * width);
      y[i] = parameters[weight + c.outChannels() * patch + o];
      for (int p = 0; p < patch; p++) {
        int h = i / width % height + p / k % k - c.padding();
        int w = i % width + p % k - c.padding();
        if (h >= 0 && h < in.height() && w >= 0 && w < in.width()) {
          y[i] += parameters[weight + o * patch + p] * x[(p / (k * k) * in.height() + h) * in.width() + w];
        }
      }
    }
    return y;
  }

  private static double[] maxPool(double[] x, Shape in) {
    int height = in.height() / 2;
    int width = in.width() / 2;
    double[] y = new double[in.channels() * height * width];
    for (int i = 0; i < y.length; i++) {
      int first = (i / (height * width) * in.height() + i / width % height * 2) * in.width() + i % width * 2;
      int below = first + in.width();
      y[i] = Math.max(Math.max(x[first], x[first + 1]), Math.max(x[below], x[below + 1]));
    }
    return y;
  }

  private void dropout(double[] x, int row, double probability, int layer) {
    if (control == null) {
      return;
    }
    int key = control.get(StepControl.key(layer));
    int secondKey = control.get(StepControl.key(layer) + 1);
    for (int i = 0; i < x.length; i++) {
      int h = (row * x.length + i) ^ key;
      h = (h ^ (h >>> 16)) * 0x7feb352d + secondKey;
      h = (h ^ (h >>> 15)) * 0x846ca68b;
      double uniform = ((h ^ (h >>> 16)) >>> 8) / (double) (1 << 24);
      x[i] = uniform < 1 - probability ? x[i] / (1 - probability) : 0;
    }
  }
}
