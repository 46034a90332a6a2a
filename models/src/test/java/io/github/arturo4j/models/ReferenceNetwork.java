// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import io.github.arturo4j.kernels.linalg.ConvolutionShape;
import io.github.arturo4j.kernels.linalg.LinearAlgebra;
import io.github.arturo4j.kernels.nn.BatchControl;
import io.github.arturo4j.kernels.reference.ActivationReference;
import io.github.arturo4j.kernels.reference.AttentionReference;
import io.github.arturo4j.kernels.reference.BatchGatherReference;
import io.github.arturo4j.kernels.reference.BatchNormReference;
import io.github.arturo4j.kernels.reference.ConvolutionReference;
import io.github.arturo4j.kernels.reference.DropoutReference;
import io.github.arturo4j.kernels.reference.GroupedConvolutionReference;
import io.github.arturo4j.kernels.reference.LossReference;
import io.github.arturo4j.kernels.reference.MaxPoolReference;
import io.github.arturo4j.kernels.reference.ReluReference;
import io.github.arturo4j.kernels.reference.ResamplingReference;
import io.github.arturo4j.kernels.reference.RowNormReference;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.AdaptiveAvgPool2d;
import io.github.arturo4j.models.layer.AvgPool2d;
import io.github.arturo4j.models.layer.BatchNorm2d;
import io.github.arturo4j.models.layer.ChannelsFirst;
import io.github.arturo4j.models.layer.ChannelsLast;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.ELU;
import io.github.arturo4j.models.layer.Embedding;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.GELU;
import io.github.arturo4j.models.layer.GlobalAveragePool;
import io.github.arturo4j.models.layer.GroupNorm;
import io.github.arturo4j.models.layer.Initialized;
import io.github.arturo4j.models.layer.InitializedTensors;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.LayerNorm;
import io.github.arturo4j.models.layer.LayerNorm2d;
import io.github.arturo4j.models.layer.LayerScale;
import io.github.arturo4j.models.layer.LeakyReLU;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.MultiHeadAttention;
import io.github.arturo4j.models.layer.Named;
import io.github.arturo4j.models.layer.ParameterSpec;
import io.github.arturo4j.models.layer.PositionalEmbedding;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.ReLU6;
import io.github.arturo4j.models.layer.Reshape;
import io.github.arturo4j.models.layer.Residual;
import io.github.arturo4j.models.layer.Sequential;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.layer.SiLU;
import io.github.arturo4j.models.layer.Sigmoid;
import io.github.arturo4j.models.layer.SinusoidalPositions;
import io.github.arturo4j.models.layer.Softmax;
import io.github.arturo4j.models.layer.StochasticDepth;
import io.github.arturo4j.models.layer.Tanh;
import io.github.arturo4j.models.layer.TiedLinear;
import io.github.arturo4j.models.layer.Upsample;
import io.github.arturo4j.models.plan.NetworkTasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The forward pass of a network in double precision, layer by layer, as plainly as it can be written. Its loss is
 * what the gradients of the float kernels are checked against, by central differences.
 */
public final class ReferenceNetwork {
  private final Network network;
  private final IntArray control;
  private final double[] buffers;

  private ReferenceNetwork(Network network, IntArray control, double[] buffers) {
    this.network = network;
    this.control = control;
    this.buffers = buffers;
  }

  /** A network with the dropout of a step, and the statistics of each batch. */
  public static ReferenceNetwork training(Network network, long seed, long step) {
    BatchControl stepControl = NetworkTasks.control(network);
    stepControl.set(1, false, seed, step);
    return new ReferenceNetwork(network, stepControl.array(), null);
  }

  /** A network without dropout, with those running statistics. */
  public static ReferenceNetwork evaluating(Network network, double... buffers) {
    return new ReferenceNetwork(network, null, buffers);
  }

  /** Mean loss over the images, in nats, row b being image indices[b]. */
  public double loss(double[] parameters, ImageSet images, int... indices) {
    double[] batch =
        BatchGatherReference.gather(images.pixels(), indices, indices.length, images.shape().size());
    double[] logits = logits(parameters, batch, indices.length);
    int classes = network.outputs();
    double sum = 0;
    for (int row = 0; row < indices.length; row++) {
      double[] own = Arrays.copyOfRange(logits, row * classes, (row + 1) * classes);
      sum += LossReference.crossEntropy(own, images.labels()[indices[row]]).loss();
    }
    return sum / indices.length;
  }

  /** The logits [batch, classes] of images [batch, channels, height, width]. */
  public double[] logits(double[] parameters, double[] images, int batch) {
    return new Pass(parameters, images, batch).run();
  }

  /** One batch on its way through the layers, which take the tensors in the order of the flat buffers. */
  private final class Pass {
    private final double[] parameters;
    private final int batch;
    private double[] x;
    private Shape shape = network.input();
    private int parameter;
    private int buffer;
    private int dropout;

    Pass(double[] parameters, double[] images, int batch) {
      this.parameters = parameters;
      this.batch = batch;
      x = images;
    }

    double[] run() {
      all(network.layers());
      return x;
    }

    private void all(List<Layer> layers) {
      layers.forEach(this::through);
    }

    private void through(Layer layer) {
      switch (layer) {
        case Conv2d c -> convolve(c);
        case Linear l -> {
          int weight = offset();
          linear(l.out(), weight, l.bias() ? offset() : LinearAlgebra.NO_BIAS);
        }
        case BatchNorm2d _ -> normalize();
        case LayerNorm l ->
            normalizeRows(
                RowNormReference.ofLayer(
                    Arrays.stream(shape.sizes())
                        .skip(l.dimensions() == 0 ? 0 : shape.rank() - l.dimensions())
                        .reduce(1, (a, b) -> a * b),
                    l.epsilon()));
        case LayerNorm2d(double epsilon) -> {
          through(new ChannelsLast());
          through(new LayerNorm(1, epsilon));
          through(new ChannelsFirst());
        }
        case ChannelsLast _ -> {
          int[] sizes = shape.sizes();
          int channels = sizes[0];
          System.arraycopy(sizes, 1, sizes, 0, sizes.length - 1);
          sizes[sizes.length - 1] = channels;
          transpose(channels, new Shape(sizes));
        }
        case ChannelsFirst _ -> {
          int[] sizes = shape.sizes();
          int channels = shape.last();
          System.arraycopy(shape.sizes(), 0, sizes, 1, sizes.length - 1);
          sizes[0] = channels;
          transpose(shape.size() / channels, new Shape(sizes));
        }
        case LayerScale _ -> {
          int factors = offset();
          double[] before = x;
          int channels = shape.channels();
          int pixels = shape.pixels();
          x = new double[before.length];
          Arrays.setAll(x, i -> before[i] * parameters[factors + i / pixels % channels]);
        }
        case StochasticDepth(double probability) -> {
          double[] ones = new double[batch];
          Arrays.fill(ones, 1);
          double[] factors = dropped(ones, probability);
          double[] before = x;
          int size = shape.size();
          x = new double[before.length];
          Arrays.setAll(x, i -> before[i] * factors[i / size]);
        }
        case GroupNorm(int groups) ->
            normalizeRows(RowNormReference.ofGroups(groups, shape.channels(), shape.pixels()));
        case ReLU _ -> x = ReluReference.forward(x);
        case ReLU6 _ -> x = ActivationReference.map(x, v -> Math.min(Math.max(v, 0), 6));
        case GELU(GELU.Approximate approximate) when approximate == GELU.Approximate.tanh ->
            x = ActivationReference.map(x, ActivationReference::geluTanh);
        case GELU _ -> x = ActivationReference.map(x, ActivationReference::gelu);
        case SiLU _ -> x = ActivationReference.map(x, ActivationReference::silu);
        case Sigmoid _ -> x = ActivationReference.map(x, ActivationReference::sigmoid);
        case Tanh _ -> x = ActivationReference.map(x, Math::tanh);
        case LeakyReLU(double slope) -> x = ActivationReference.map(x, v -> v > 0 ? v : v * (float) slope);
        case ELU(double alpha) -> x = ActivationReference.map(x, v -> v > 0 ? v : (float) alpha * Math.expm1(v));
        case Softmax _ -> x = ActivationReference.softmax(x, shape.channels(), shape.pixels());
        case MaxPool2d p -> {
          MaxPoolReference pool =
              new MaxPoolReference(
                  batch * shape.channels(), shape.height(), shape.width(), p.kernel(), p.stride(), p.padding());
          x = pool.forward(x);
          shape = new Shape(shape.channels(), pool.outHeight(), pool.outWidth());
        }
        case GlobalAveragePool _ -> average();
        case Dropout(double probability) -> x = dropped(x, probability);
        case AvgPool2d p ->
            resample(
                ResamplingReference.windows(shape.height(), p.kernel(), p.stride(), p.padding()),
                ResamplingReference.windows(shape.width(), p.kernel(), p.stride(), p.padding()));
        case AdaptiveAvgPool2d(int height, int width) ->
            resample(
                ResamplingReference.shares(shape.height(), height), ResamplingReference.shares(shape.width(), width));
        case Upsample(int scale) ->
            resample(
                ResamplingReference.repeated(shape.height(), scale), ResamplingReference.repeated(shape.width(), scale));
        case Reshape(Shape other) -> shape = other;
        case Flatten f -> flatten(f);
        case Embedding(_, int dimensions) -> {
          double[] tokens = x;
          int table = offset();
          x = new double[tokens.length * dimensions];
          Arrays.setAll(x, i -> parameters[table + (int) tokens[i / dimensions] * dimensions + i % dimensions]);
          int[] sizes = Arrays.copyOf(shape.sizes(), shape.rank() + 1);
          sizes[shape.rank()] = dimensions;
          shape = new Shape(sizes);
        }
        case PositionalEmbedding _ -> {
          int table = offset();
          int size = shape.size();
          double[] before = x;
          x = new double[before.length];
          Arrays.setAll(x, i -> before[i] + parameters[table + i % size]);
        }
        case SinusoidalPositions _ -> {
          int dimensions = shape.last();
          int size = shape.size();
          double[] before = x;
          x = new double[before.length];
          Arrays.setAll(
              x, i -> before[i] + SinusoidalPositions.value(i % size / dimensions, i % dimensions, dimensions));
        }
        case MultiHeadAttention a -> {
          int dimensions = shape.last();
          linear(3 * dimensions, offset(), offset());
          AttentionReference attention =
              new AttentionReference(batch, shape.channels(), dimensions, a.heads(), a.causal());
          x = attention.forward(x, weights -> dropped(weights, a.dropout()));
          shape = shape.withLast(dimensions);
          linear(dimensions, offset(), offset());
        }
        case TiedLinear(String tensor) -> {
          ParameterSpec weight =
              network.parameters().stream().filter(spec -> spec.name().equals(tensor)).findFirst().orElseThrow();
          linear(weight.shape()[0], weight.offset(), LinearAlgebra.NO_BIAS);
        }
        case Initialized i -> through(i.layer());
        case InitializedTensors i -> through(i.layer());
        case Sequential s -> all(s.layers());
        case Named n -> through(n.layer());
        case Residual r -> {
          double[] input = x;
          Shape inputShape = shape;
          all(r.body());
          double[] body = x;
          x = input;
          shape = inputShape;
          all(r.shortcut());
          double[] shortcut = x;
          x = new double[body.length];
          Arrays.setAll(x, i -> body[i] + shortcut[i]);
        }
        default -> throw new IllegalArgumentException("no reference of " + layer);
      }
    }

    private void linear(int out, int weight, int bias) {
      ConvolutionShape s = ConvolutionReference.linear(batch * shape.size() / shape.last(), shape.last(), out);
      x = new ConvolutionReference(s).forward(x, parameters, weight, bias);
      shape = shape.withLast(out);
    }

    private double[] dropped(double[] values, double probability) {
      return control != null && probability > 0
          ? DropoutReference.of(control, dropout++, probability).forward(values, 0)
          : values;
    }

    /** Of each example a matrix of so many rows. */
    private void transpose(int rows, Shape after) {
      double[] before = x;
      int size = shape.size();
      int columns = size / rows;
      x = new double[before.length];
      for (int i = 0; i < x.length; i++) {
        x[i / size * size + i % columns * rows + i % size / columns] = before[i];
      }
      shape = after;
    }

    private void convolve(Conv2d c) {
      ConvolutionShape s =
          new ConvolutionShape(
              batch, shape.channels(), shape.height(), shape.width(), c.outChannels(), c.kernel(), c.stride(),
              c.padding());
      GroupedConvolutionReference convolution = new GroupedConvolutionReference(s, c.dilation(), c.groups());
      int weight = offset();
      x = convolution.forward(x, parameters, weight, c.bias() ? offset() : LinearAlgebra.NO_BIAS);
      shape = new Shape(c.outChannels(), convolution.dense().outHeight(), convolution.dense().outWidth());
    }

    private void normalize() {
      int channels = shape.channels();
      BatchNormReference norm = new BatchNormReference(batch, channels, shape.size() / channels);
      double[] weight = tensor(parameters, offset(), channels);
      double[] bias = tensor(parameters, offset(), channels);
      double[] mean = buffers == null ? norm.means(x) : tensor(buffers, bufferOffset(), channels);
      double[] variance = buffers == null ? norm.variances(x) : tensor(buffers, bufferOffset(), channels);
      x = norm.forward(x, mean, variance, weight, bias);
    }

    private void resample(double[][] rows, double[][] columns) {
      x = new ResamplingReference(batch * shape.channels(), rows, columns).forward(x);
      shape = new Shape(shape.channels(), rows.length, columns.length);
    }

    private void flatten(Flatten layer) {
      List<Integer> sizes = new ArrayList<>(Arrays.stream(shape.sizes()).boxed().toList());
      int end = layer.endDim() < 0 ? sizes.size() : layer.endDim();
      for (int merged = layer.startDim(); merged < end; merged++) {
        sizes.add(layer.startDim() - 1, sizes.remove(layer.startDim() - 1) * sizes.remove(layer.startDim() - 1));
      }
      shape = new Shape(sizes.stream().mapToInt(size -> size).toArray());
    }

    private void normalizeRows(RowNormReference norm) {
      x = norm.forward(x, parameters, offset(), offset());
    }

    private void average() {
      int pixels = shape.height() * shape.width();
      double[] means = new double[x.length / pixels];
      for (int i = 0; i < x.length; i++) {
        means[i / pixels] += x[i] / pixels;
      }
      x = means;
      shape = new Shape(shape.channels());
    }

    private int offset() {
      return network.parameters().get(parameter++).offset();
    }

    private int bufferOffset() {
      return network.buffers().get(buffer++).offset();
    }

    private static double[] tensor(double[] values, int from, int length) {
      return Arrays.copyOfRange(values, from, from + length);
    }
  }
}
