// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.reference.ResizedCropReference;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class ResizedCropTest {
  private static final int IMAGES = 20;
  private static final double[] MEAN = {.4914, .4822, .4465};
  private static final double[] STD = {.2023, .1994, .2010};

  private static BatchControl control(int count, long step) {
    BatchControl control = new BatchControl(1);
    control.set(count, false, 42, step);
    return control;
  }

  private static ResizedCropReference reference(
      int channels, int height, int width, double minScale, double maxScale, double minRatio, double maxRatio, boolean flip) {
    return new ResizedCropReference(
        channels, height, width, minScale, maxScale, minRatio, maxRatio, flip, Arrays.copyOf(MEAN, channels),
        Arrays.copyOf(STD, channels));
  }

  private static ResizedCropTasks tasks(int batch, ResizedCropReference r) {
    return new ResizedCropTasks(
        batch, r.channels(), r.height(), r.width(), List.of(r.minScale(), r.maxScale()), List.of(r.minRatio(), r.maxRatio()),
        r.flip());
  }

  private static FloatArray crops(byte[] bytes, IntArray indices, IntArray control, ResizedCropReference r) {
    ByteArray pixels = ByteArray.fromArray(bytes);
    FloatArray moments = new FloatArray(2 * r.channels());
    for (int c = 0; c < r.channels(); c++) {
      moments.set(c, (float) r.mean()[c]);
      moments.set(r.channels() + c, (float) r.std()[c]);
    }
    FloatArray x = Device.garbage(indices.getSize() * r.channels() * r.height() * r.width());
    Device.run(
        g -> tasks(indices.getSize(), r).addTo(g, pixels, indices, control, moments, x), pixels, indices, control, moments, x);
    return x;
  }

  private static IntArray boxes(int batch, IntArray control, ResizedCropReference r) {
    IntArray boxes = new IntArray(4 * batch);
    boxes.init(-1);
    Device.run(g -> tasks(batch, r).addBoxes(g, control, boxes), control, boxes);
    return boxes;
  }

  @ParameterizedTest
  @CsvSource({
    "4,3, 3,5,7, .08,1,.75,1.3333,true", "13,13, 1,13,4, .08,1,.75,1.3333,true", "9,8, 3,32,32, .08,1,.75,1.3333,true",
    "5,5, 3,64,48, .5,.9,1,1,false", "2,2, 1,28,28, 1,1,.5,2,true", "6,1, 2,9,4, .2,.3,.1,10,true"
  })
  void cropsResizesFlipsAndNormalises(
      int batch, int count, int channels, int height, int width, double minScale, double maxScale, double minRatio,
      double maxRatio, boolean flip) {
    ResizedCropReference reference = reference(channels, height, width, minScale, maxScale, minRatio, maxRatio, flip);
    byte[] bytes = bytes(IMAGES * channels * height * width);
    IntArray indices = indices(batch);
    IntArray control = control(count, 17).array();
    Device.assertClose(
        crops(bytes, indices, control, reference), reference.gather(bytes, indices.toHeapArray(), count, control), 1e-5);
  }

  /** Where no box of the area and the proportions fits, or it rounds to nothing, there still is one. */
  @ParameterizedTest
  @CsvSource({
    "1,1, .01,.01,.75,1.3333, 1,1", "1,1, .08,1,2,3, 1,1", "1,1, .5,1,.1,.2, 1,1", "3,5, .01,.01,1,1, 3,3",
    "3,5, .01,.01,.75,2, 3,5", "5,3, .9,1,3,4, 1,3", "5,3, 1,1,.1,.2, 5,1", "3,5, 1,1,.01,.02, 3,1", "64,64, 1,1,4,4, 16,64"
  })
  void whereNoneFitsTheCentralBoxOfTheNearestProportionsIsTaken(
      int height, int width, double minScale, double maxScale, double minRatio, double maxRatio, int rows, int columns) {
    IntArray boxes = boxes(50, control(50, 3).array(), reference(1, height, width, minScale, maxScale, minRatio, maxRatio, false));
    for (int b = 0; b < 50; b++) {
      assertThat(Arrays.copyOfRange(boxes.toHeapArray(), 4 * b, 4 * b + 4))
          .containsExactly((height - rows) / 2, (width - columns) / 2, rows, columns);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,9", "3,5", "5,3", "31,64", "64,64"})
  void boxesAreWithinTheImageAndAsTheReferenceDrawsThem(int height, int width) {
    ResizedCropReference reference = reference(1, height, width, .01, 1, .5, 3, false);
    IntArray control = control(500, 5).array();
    IntArray boxes = boxes(500, control, reference);
    for (int b = 0; b < 500; b++) {
      int[] box = Arrays.copyOfRange(boxes.toHeapArray(), 4 * b, 4 * b + 4);
      assertThat(box[0]).isBetween(0, height - box[2]);
      assertThat(box[1]).isBetween(0, width - box[3]);
      assertThat(box[2]).isPositive();
      assertThat(box[3]).isPositive();
      ResizedCropReference.Box expected = reference.box(control, b);
      assertThat(box).containsExactly(expected.top(), expected.left(), expected.rows(), expected.columns());
    }
  }

  /** In an image that is so large that rounding is little, and areas so small that all fit. */
  @Test
  void areasAreUniformLogarithmsOfTheProportionsTooAndPlacesAsLikely() {
    int side = 2000;
    int batch = 8000;
    IntArray boxes = boxes(batch, control(batch, 1).array(), reference(1, side, side, .1, .5, .5, 2, false));
    double[] area = new double[batch];
    double[] proportions = new double[batch];
    double[] top = new double[batch];
    double[] left = new double[batch];
    for (int b = 0; b < batch; b++) {
      double rows = boxes.get(4 * b + 2);
      double columns = boxes.get(4 * b + 3);
      area[b] = (rows * columns / side / side - .1) / .4;
      proportions[b] = (Math.log(columns / rows) / Math.log(2) + 1) / 2;
      top[b] = (boxes.get(4 * b) + .5) / (side - rows + 1);
      left[b] = (boxes.get(4 * b + 1) + .5) / (side - columns + 1);
    }
    for (double[] each : List.of(area, proportions, top, left)) {
      uniform(each);
    }
    independent(area, proportions);
    independent(area, top);
    independent(top, left);
    independent(Arrays.copyOf(area, batch - 1), Arrays.copyOfRange(area, 1, batch));
    IntArray next = boxes(batch, control(batch, 2).array(), reference(1, side, side, .1, .5, .5, 2, false));
    assertThat(next.toHeapArray()).isNotEqualTo(boxes.toHeapArray());
  }

  /** By Kolmogorov and Smirnov: the distance of two distribution functions, which is greater once in 1,500 times. */
  private static void uniform(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      assertThat(sorted[i]).isCloseTo((i + .5) / sorted.length, within(2 / Math.sqrt(sorted.length)));
    }
  }

  private static void independent(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - .5) * (b[i] - .5);
    }
    assertThat(12 * sum / a.length).as("correlation").isCloseTo(0, within(4 / Math.sqrt(a.length)));
  }

  /** A box of 3×2 in an image of 4×5, resized by PyTorch's {@code interpolate(mode="bilinear", align_corners=False)}. */
  @Test
  void resizesAsPyTorch() {
    int[] values = {3, 200, 17, 90, 255, 40, 0, 61, 128, 5, 9, 77, 250, 33, 180, 66, 12, 99, 201, 144};
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    ByteArray pixels = ByteArray.fromArray(bytes);
    IntArray indices = IntArray.fromElements(0);
    IntArray control = control(1, 0).array();
    IntArray boxes = IntArray.fromElements(1, 1, 3, 2);
    FloatArray moments = FloatArray.fromElements(0, 1 / 255f);
    FloatArray x = Device.garbage(20);
    Device.run(
        g -> g.add(t -> t.task("crop", ResizedCropKernels::crop, pixels, indices, control, boxes, moments, x, 1, 1, 4, 5, 0)),
        pixels, indices, control, boxes, moments, x);
    double[] expected = {
      0, 6.1, 30.5, 54.9, 61, 48.125, 61.225, 113.625, 166.025, 179.125, 52.625, 66.7, 123, 179.3, 193.375, 12, 20.7, 55.5, 90.3,
      99
    };
    Device.assertClose(x, expected, 1e-5);
  }

  /** Rows of the batch from one on are the same as those of a whole batch, however it is divided. */
  @Test
  void aPartOfABatchIsCroppedAsInTheWhole() {
    ResizedCropReference reference = reference(3, 7, 6, .08, 1, .75, 1.3333, true);
    byte[] bytes = bytes(IMAGES * 126);
    IntArray indices = indices(8);
    BatchControl control = control(8, 4);
    float[] whole = crops(bytes, indices, control.array(), reference).toHeapArray();
    control.part(5, 3, false);
    IntArray last = IntArray.fromArray(Arrays.copyOfRange(indices.toHeapArray(), 5, 8));
    assertThat(crops(bytes, last, control.array(), reference).toHeapArray())
        .isEqualTo(Arrays.copyOfRange(whole, 5 * 126, 8 * 126));
  }

  /** A box of the whole image leaves it as it is, to the bit. */
  @Test
  void withNothingToDoItOnlyScales() {
    byte[] bytes = bytes(IMAGES * 3 * 7 * 7);
    IntArray indices = indices(6);
    IntArray control = control(5, 2).array();
    ResizedCropReference plain = new ResizedCropReference(3, 7, 7, 1, 1, 1, 1, false, new double[3], new double[] {1, 1, 1});
    FloatArray scaled = Device.garbage(6 * 147);
    ByteArray pixels = ByteArray.fromArray(bytes);
    Device.run(
        g -> g.add(t -> t.task("gather", BatchGather::gather, pixels, indices, control, scaled, 6, 147)),
        pixels, indices, control, scaled);
    assertThat(crops(bytes, indices, control, plain).toHeapArray()).isEqualTo(scaled.toHeapArray());
  }

  private static byte[] bytes(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private static IntArray indices(int batch) {
    return IntArray.fromArray(new Random(batch).ints(batch, 0, IMAGES).toArray());
  }
}
