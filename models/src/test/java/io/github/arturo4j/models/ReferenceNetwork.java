// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.nn.StepControl;
import io.github.arturo4j.kernels.reference.BatchGatherReference;
import io.github.arturo4j.kernels.reference.ConvolutionReference;
import io.github.arturo4j.kernels.reference.DropoutReference;
import io.github.arturo4j.kernels.reference.MaxPoolReference;
import io.github.arturo4j.kernels.reference.ReluReference;
import io.github.arturo4j.kernels.reference.SoftmaxReference;
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
      sum += SoftmaxReference.of(logits, images.labels()[indices[row]] & 0xff).loss();
    }
    return sum / indices.length;
  }

  private static double[] image(ImageSet images, int index) {
    int size = images.shape().size();
    return BatchGatherReference.gather(images.pixels(), new int[] {index}, 1, size);
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
          ConvolutionShape s =
              new ConvolutionShape(
                  1, shape.channels(), shape.height(), shape.width(), c.outChannels(), c.kernel(), 1, c.padding());
          x = product(parameters, parameter, x, s);
          shape = new Shape(s.outChannels(), s.outHeight(), s.outWidth());
          parameter += 2;
        }
        case Layer.Linear l -> {
          x = product(parameters, parameter, x, ConvolutionReference.linear(1, x.length, l.out()));
          shape = new Shape(l.out(), 1, 1);
          parameter += 2;
        }
        case Layer.Relu _ -> x = ReluReference.forward(x);
        case Layer.MaxPool _ -> {
          x = new MaxPoolReference(shape.channels(), shape.height(), shape.width()).forward(x);
          shape = new Shape(shape.channels(), shape.height() / 2, shape.width() / 2);
        }
        case Layer.Dropout d -> {
          if (control != null) {
            x = DropoutReference.of(control, dropout, d.probability()).forward(x, row * x.length);
          }
          dropout++;
        }
        case Layer.Flatten _ -> shape = new Shape(shape.size(), 1, 1);
      }
    }
    return x;
  }

  /** A layer whose weights are the given parameter of the network, and whose biases are the next. */
  private double[] product(double[] parameters, int weight, double[] x, ConvolutionShape s) {
    int weights = network.parameters().get(weight).offset();
    int biases = network.parameters().get(weight + 1).offset();
    return new ConvolutionReference(s).forward(x, parameters, weights, biases);
  }
}
