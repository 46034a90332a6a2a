// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.arturo4j.blas.DnnConvolution.Direction;
import io.github.arturo4j.blas.DnnConvolution.Shape;
import io.github.arturo4j.blas.DnnConvolution.Tensor;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** The life of what is prepared; what it computes is tested with the linear algebra. */
class DnnConvolutionTest {
  private static final Shape SHAPE = new Shape(Direction.FORWARD, 2, 3, 6, 6, 16, 3, 1, 1, false);

  private static float[] convolve() {
    float[] input = new float[2 * 3 * 6 * 6];
    float[] weights = new float[16 * 3 * 3 * 3];
    for (int i = 0; i < input.length; i++) {
      input[i] = i % 7 - 3;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i % 5 - 2;
    }
    float[] output = new float[2 * 16 * 6 * 6];
    DnnConvolution convolution = DnnConvolution.of(SHAPE);
    convolution.load(Tensor.INPUT, input, 0, input.length / 2);
    convolution.load(Tensor.WEIGHTS, weights, 0, weights.length / 16);
    convolution.compute();
    convolution.store(Tensor.OUTPUT, output, 0, output.length / 2);
    return output;
  }

  @Test
  void whatIsInUseOutlivesTheCollectionOfWhatEndedThreadsLeft() throws Exception {
    assumeTrue(DnnConvolution.available(), "oneDNN does not load here");
    float[] expected = convolve();
    assertThat(expected).contains(0).hasSizeGreaterThan(1).isNotEqualTo(new float[expected.length]);
    for (int i = 0; i < 20; i++) {
      FutureTask<float[]> task = new FutureTask<>(DnnConvolutionTest::convolve);
      Thread.ofPlatform().start(task).join();
      assertThat(task.get()).isEqualTo(expected);
      System.gc();
      assertThat(convolve()).isEqualTo(expected);
    }
  }
}
