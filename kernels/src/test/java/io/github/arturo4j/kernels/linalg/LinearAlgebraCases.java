// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.linalg;

import io.github.arturo4j.kernels.nn.Device;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.ConvolutionReference;
import io.github.arturo4j.kernels.reference.ReluReference;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Implementations of {@link LinearAlgebra} against plain sums in double, at offsets of the flat buffers. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class LinearAlgebraCases {
  private static final int WEIGHT = 3;
  private static final double TOLERANCE = 1e-5;

  static final List<ConvolutionShape> CONVOLUTIONS =
      List.of(
          new ConvolutionShape(1, 1, 3, 3, 1, 3, 1, 0),
          new ConvolutionShape(2, 3, 7, 5, 4, 3, 1, 0),
          new ConvolutionShape(3, 2, 6, 9, 5, 3, 1, 1),
          new ConvolutionShape(2, 3, 9, 8, 17, 3, 2, 1),
          new ConvolutionShape(35, 1, 4, 5, 2, 3, 1, 0),
          new ConvolutionShape(1, 2, 9, 9, 3, 7, 2, 3),
          new ConvolutionShape(2, 1, 13, 15, 7, 7, 2, 3), // the stem of a ResNet
          new ConvolutionShape(3, 5, 7, 7, 6, 3, 1, 1), // its blocks
          new ConvolutionShape(3, 5, 7, 7, 6, 3, 2, 1),
          new ConvolutionShape(5, 17, 1, 1, 18, 3, 1, 1), // its last blocks see one pixel
          new ConvolutionShape(5, 7, 2, 2, 9, 3, 2, 1),
          new ConvolutionShape(2, 33, 3, 4, 35, 3, 1, 1), // more rows of a product than two threads compute
          new ConvolutionShape(6, 3, 7, 7, 130, 3, 1, 1), // tiles of 8×8, and several groups: of the outputs,
          new ConvolutionShape(6, 66, 7, 7, 5, 3, 1, 1), // of the input's gradient,
          new ConvolutionShape(2, 15, 5, 5, 130, 3, 1, 1), // and of the weights'
          new ConvolutionShape(2, 3, 5, 4, 4, 3, 1, 2),
          new ConvolutionShape(2, 3, 4, 1, 4, 3, 1, 4), // more than zeros around the output's gradient
          new ConvolutionShape(3, 5, 7, 4, 6, 1, 2, 0), // its shortcuts
          new ConvolutionShape(3, 5, 4, 5, 6, 1, 1, 0),
          new ConvolutionShape(2, 3, 10, 11, 4, 3, 3, 2), // nobody's
          new ConvolutionShape(2, 2, 8, 11, 3, 2, 3, 1),
          new ConvolutionShape(1, 2, 5, 12, 3, 4, 3, 0),
          new ConvolutionShape(1, 2, 3, 12, 3, 5, 1, 3));

  /** Enough for oneDNN's blocks, for channels shared by workers and for several pieces of a worker's images. */
  private static final List<ConvolutionShape> LARGE =
      List.of(
          new ConvolutionShape(7, 35, 3, 2, 67, 3, 1, 1),
          new ConvolutionShape(5, 33, 7, 6, 50, 1, 2, 0),
          new ConvolutionShape(3, 64, 1, 1, 48, 3, 1, 1),
          new ConvolutionShape(13, 17, 40, 41, 19, 3, 1, 1));

  /** Those that are examined. */
  abstract Stream<LinearAlgebra> algebras();

  Stream<Arguments> linear() {
    List<ConvolutionShape> shapes =
        List.of(
            ConvolutionReference.linear(1, 1, 1),
            ConvolutionReference.linear(4, 13, 7),
            ConvolutionReference.linear(17, 33, 16),
            ConvolutionReference.linear(13, 20, 37),
            ConvolutionReference.linear(67, 18, 70),
            ConvolutionReference.linear(130, 66, 67), // tiles of 8×8, and several groups, cut or not
            ConvolutionReference.linear(9, 300, 33),
            ConvolutionReference.linear(3, 1170, 37), // sums of 18 parts, and of 10
            ConvolutionReference.linear(650, 3, 5));
    return algebras()
        .flatMap(
            algebra ->
                shapes.stream()
                    .flatMap(s -> Stream.of(Arguments.of(algebra, s, true), Arguments.of(algebra, s, false))));
  }

  Stream<Arguments> convolution() {
    return algebras()
        .flatMap(
            algebra ->
                Stream.of(CONVOLUTIONS, algebra instanceof BlasLinearAlgebra ? LARGE : List.<ConvolutionShape>of())
                    .flatMap(List::stream)
                    .flatMap(s -> Stream.of(Arguments.of(algebra, s, true), Arguments.of(algebra, s, false))));
  }

  @ParameterizedTest
  @MethodSource
  void linear(LinearAlgebra algebra, ConvolutionShape s, boolean biased) {
    int batch = s.batch();
    int in = s.inChannels();
    int out = s.outChannels();
    Arrays a = new Arrays(s, biased);
    Device.run(
        g -> {
          algebra.linearForward(g, "forward", a.x, a.p, WEIGHT, a.bias, a.y, batch, in, out, false);
          algebra.linearForward(g, "relu", a.x, a.p, WEIGHT, a.bias, a.rectified, batch, in, out, true);
          algebra.linearBackwardInput(g, "back", a.dy, a.p, WEIGHT, a.dx, batch, in, out);
          for (int i = 0; i < 2; i++) {
            algebra.linearBackwardParameters(g, "back", a.x, a.dy, a.gradients, WEIGHT, a.bias, batch, in, out);
          }
        },
        a.all());
    a.check();
  }

  @ParameterizedTest
  @MethodSource
  void convolution(LinearAlgebra algebra, ConvolutionShape s, boolean biased) {
    Arrays a = new Arrays(s, biased);
    Device.run(
        g -> {
          Device.upload(g, a.gradients);
          algebra.convolutionForward(g, "forward", a.x, a.p, WEIGHT, a.bias, a.y, s, false);
          algebra.convolutionForward(g, "relu", a.x, a.p, WEIGHT, a.bias, a.rectified, s, true);
          algebra.convolutionBackwardInput(g, "back", a.dy, a.p, WEIGHT, a.dx, s);
          for (int i = 0; i < 2; i++) {
            algebra.convolutionBackwardParameters(g, "back", a.x, a.dy, a.gradients, WEIGHT, a.bias, s);
          }
        },
        a.all());
    a.check();
  }

  Stream<Arguments> batched() {
    int[][] sizes = {{1, 1, 1, 1, 1}, {2, 3, 4, 13, 7}, {3, 2, 17, 33, 16}, {5, 1, 13, 20, 37}, {1, 4, 67, 70, 18}, {1, 2, 140, 67, 19}};
    return algebras()
        .flatMap(algebra -> Stream.of(sizes)
            .flatMap(s -> Stream.of(0, 1, 2, 3)
                .map(trans -> Arguments.of(algebra, s, (trans & 1) == 1, (trans & 2) == 2))));
  }

  /** Matrices beside one another, as those of heads are, and one behind the other. */
  @ParameterizedTest
  @MethodSource
  void batched(LinearAlgebra algebra, int[] sizes, boolean transA, boolean transB) {
    int outer = sizes[0];
    int inner = sizes[1];
    int rows = sizes[2];
    int columns = sizes[3];
    int terms = sizes[4];
    int height = transA ? terms : rows;
    int width = transA ? rows : terms;
    Matrices beside = new Matrices(WEIGHT, inner * width + 1, height * (inner * width + 1), width);
    int one = terms * columns;
    Matrices behind = new Matrices(2, transB ? terms : columns, inner * one, one);
    Matrices result = new Matrices(1, inner * columns, rows * inner * columns, columns);
    FloatArray a = Device.normal(WEIGHT + outer * beside.outer(), 1);
    FloatArray b = Device.normal(2 + outer * inner * one, 2);
    FloatArray c = Device.garbage(1 + outer * inner * rows * columns + 1);
    BatchedProduct product = new BatchedProduct(outer, inner, rows, columns, terms, beside, transA, behind, transB, result);
    Device.run(
        g -> {
          algebra.batchedProduct(g, "product", a, b, c, product);
          algebra.batchedProduct(g, "product", a, b, c, product);
        },
        a, b, c);
    double[] expected = new double[c.getSize()];
    expected[0] = Double.NaN;
    expected[expected.length - 1] = Double.NaN;
    for (int z = 0; z < outer * inner; z++) {
      int fromA = beside.offset() + z / inner * beside.outer() + z % inner * beside.inner();
      int fromB = behind.offset() + z * one;
      int to = result.offset() + z / inner * result.outer() + z % inner * result.inner();
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          for (int k = 0; k < terms; k++) {
            expected[to + i * result.row() + j] +=
                (double) a.get(fromA + (transA ? k * beside.row() + i : i * beside.row() + k))
                    * b.get(fromB + (transB ? j * behind.row() + k : k * behind.row() + j));
          }
        }
      }
    }
    Device.assertClose(c, expected, TOLERANCE);
  }

  /** Inputs and outputs of a layer, and what they must be. */
  private static final class Arrays {
    final ConvolutionShape s;
    final int bias;
    final FloatArray x;
    final FloatArray dy;
    final FloatArray p;
    final FloatArray y;
    final FloatArray rectified;
    final FloatArray dx;
    final FloatArray gradients;

    Arrays(ConvolutionShape s, boolean biased) {
      this.s = s;
      int end = WEIGHT + s.weightSize() + 2;
      bias = biased ? end : LinearAlgebra.NO_BIAS;
      x = Device.normal(s.inputSize(), 1);
      dy = Device.normal(s.outputSize(), 2);
      p = Device.normal(end + s.outChannels(), 3);
      y = Device.garbage(s.outputSize());
      rectified = Device.garbage(s.outputSize());
      dx = Device.garbage(s.inputSize());
      gradients = Device.garbage(p.getSize());
    }

    Object[] all() {
      return new Object[] {x, dy, p, y, rectified, dx, gradients};
    }

    void check() {
      ConvolutionReference reference = new ConvolutionReference(s);
      double[] input = Comparison.doubles(x);
      double[] parameters = Comparison.doubles(p);
      double[] upstream = Comparison.doubles(dy);
      double[] expected = reference.forward(input, parameters, WEIGHT, bias);
      Device.assertClose(y, expected, tolerance(s.patch()));
      Device.assertClose(rectified, ReluReference.forward(expected), tolerance(s.patch()));
      Device.assertClose(
          dx, reference.backwardInput(upstream, parameters, WEIGHT), tolerance(s.weightSize() / s.inChannels()));
      Device.assertClose(
          gradients, reference.backwardParameters(input, upstream, WEIGHT, bias, p.getSize()),
          tolerance(s.outputSize() / s.outChannels()));
    }

    /** Sums of n random products are about √n, and so are the roundings on the way: their error grows like n. */
    private static double tolerance(int products) {
      return TOLERANCE * Math.max(1, products / 50.0);
    }
  }
}
