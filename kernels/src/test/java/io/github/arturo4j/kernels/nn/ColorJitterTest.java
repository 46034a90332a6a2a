// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.reference.ColorJitterReference;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class ColorJitterTest {
  private static final double[] MEAN = {.4914, .4822, .4465};
  private static final double[] STD = {.2023, .1994, .2010};

  private static BatchControl control(int count, long step) {
    BatchControl control = new BatchControl(1);
    control.set(count, false, 42, step);
    return control;
  }

  private static FloatArray moments(double[] mean, double[] std) {
    FloatArray moments = new FloatArray(2 * mean.length);
    for (int c = 0; c < mean.length; c++) {
      moments.set(c, (float) mean[c]);
      moments.set(mean.length + c, (float) std[c]);
    }
    return moments;
  }

  /** Multiples of 1/15, so that many channels of a pixel are equal, or 0, or 1. */
  private static FloatArray images(int size) {
    Random random = new Random(size);
    FloatArray x = new FloatArray(size);
    for (int i = 0; i < size; i++) {
      x.set(i, random.nextInt(16) / 15f);
    }
    return x;
  }

  private static FloatArray jittered(ColorJitterTasks tasks, IntArray control, FloatArray moments, FloatArray images) {
    FloatArray x = FloatArray.fromArray(images.toHeapArray());
    Device.run(g -> tasks.addTo(g, control, moments, x), control, moments, x);
    return x;
  }

  @ParameterizedTest
  @CsvSource({
    "1,1, 3,1,1, .4,.4,.4,.1", "4,3, 3,5,7, .4,.4,.4,.5", "13,13, 1,13,4, .4,.9,0,0", "9,8, 3,32,31, 3,3,3,.3",
    "5,5, 3,4,3, 0,0,0,.5", "5,5, 3,8,9, 0,0,2,0", "6,1, 3,3,5, 0,1,0,0", "3,3, 1,28,28, 2,0,0,0", "2,2, 3,6,6, 0,0,0,0"
  })
  void changesBrightnessContrastSaturationAndHue(
      int batch, int count, int channels, int height, int width, double brightness, double contrast, double saturation,
      double hue) {
    double[] mean = Arrays.copyOf(MEAN, channels);
    double[] std = Arrays.copyOf(STD, channels);
    ColorJitterReference reference =
        new ColorJitterReference(channels, height * width, brightness, contrast, saturation, hue, mean, std);
    FloatArray images = images(batch * channels * height * width);
    double[] values = new double[images.getSize()];
    Arrays.setAll(values, images::get);
    IntArray control = control(count, 17).array();
    FloatArray x =
        jittered(
            new ColorJitterTasks(batch, channels, height, width, brightness, contrast, saturation, hue), control,
            moments(mean, std), images);
    Device.assertClose(x, reference.apply(values, count, control), 2e-5);
  }

  /** The formulas of torchvision's functions, computed by PyTorch in double; pixels grey, black and of both ends among them. */
  @ParameterizedTest
  @CsvSource({
    "1.3,.7,1.4,-.2, .9435361 .9456474 .5959585 .0235439 .1391559 .3920477 .21334 .8595611 .5959585 .2188352 .1391559 .9873496 "
        + ".8397714 .0156082 .5959585 1 .1391559 .853301",
    ".6,1.9,.3,.45, .2469258 .4810556 .3634519 .3529687 0 .4347205 .4413964 .3183536 .3634519 .5485295 0 .3610899 .4481023 "
        + ".550785 .3634519 .2691569 0 .202697",
    "1,1,1,.1, .7843137 .0392157 .5019608 1 0 .6972549 .745098 .8627451 .5019608 0 0 .3019608 .1960784 .6117647 .5019608 .4 0 "
        + ".9803922"
  })
  void changesAsPyTorch(float brightness, float contrast, float saturation, float hue, String numbers) {
    FloatArray x = scaled(200, 10, 128, 255, 0, 77, 100, 220, 128, 0, 0, 80, 50, 30, 128, 255, 0, 250);
    FloatArray factors = FloatArray.fromElements(brightness, contrast, saturation, hue);
    FloatArray sums = Device.garbage(3);
    FloatArray means = Device.garbage(1);
    FloatArray moments = FloatArray.fromElements(0, 0, 0, 1, 1, 1);
    IntArray control = control(1, 0).array();
    Device.run(
        g -> {
          g.add(t -> t.task("sums", ColorJitterKernels::colorSums, x, factors, sums, 1, 2, 3));
          g.add(t -> t.task("means", ColorJitterKernels::means, sums, means, 1, 2, 3));
          g.add(t -> t.task("colors", ColorJitterKernels::colors, control, factors, means, moments, x, 1, 6));
        },
        x, factors, sums, means, moments, control);
    Device.assertClose(x, numbers(numbers), 1e-6);
  }

  /** Grey images have no colours: saturation and hue are not looked at. */
  @Test
  void greyChangesAsPyTorch() {
    FloatArray x = scaled(200, 10, 128, 255, 0, 77);
    FloatArray factors = FloatArray.fromElements(1.3f, .7f, Float.NaN, Float.NaN);
    FloatArray sums = Device.garbage(3);
    FloatArray means = Device.garbage(1);
    FloatArray moments = FloatArray.fromElements(0, 1);
    IntArray control = control(1, 0).array();
    Device.run(
        g -> {
          g.add(t -> t.task("sums", ColorJitterKernels::greySums, x, factors, sums, 1, 2, 3));
          g.add(t -> t.task("means", ColorJitterKernels::means, sums, means, 1, 2, 3));
          g.add(t -> t.task("greys", ColorJitterKernels::greys, control, factors, means, moments, x, 1, 6));
        },
        x, factors, sums, means, moments, control);
    Device.assertClose(x, numbers(".8548039 .1904902 .6115882 .8548039 .1548039 .4295882"), 1e-6);
  }

  private static FloatArray scaled(int... bytes) {
    FloatArray x = new FloatArray(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      x.set(i, bytes[i] / 255f);
    }
    return x;
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void factorsAreUniformInTheirRangesAndChangeWithTheStep() {
    int batch = 4000;
    double[] least = {.6, 0, 0, -.1};
    double[] most = {1.4, 2.5, 2, .1};
    ColorJitterTasks tasks = new ColorJitterTasks(batch, 3, 1, 1, .4, 1.5, 1, .1);
    FloatArray factors = factors(tasks, 1);
    for (int which = 0; which < 4; which++) {
      double[] values = new double[batch];
      for (int b = 0; b < batch; b++) {
        values[b] = (factors.get(4 * b + which) - least[which]) / (most[which] - least[which]);
      }
      Arrays.sort(values);
      assertThat(values[0]).isGreaterThan(-1e-6);
      assertThat(values[batch - 1]).isLessThan(1 + 1e-6);
      for (int b = 0; b < batch; b++) { // by Kolmogorov and Smirnov
        assertThat(values[b]).isCloseTo((b + .5) / batch, within(2 / Math.sqrt(batch)));
      }
    }
    assertThat(factors(tasks, 2).toHeapArray()).isNotEqualTo(factors.toHeapArray());
  }

  private static FloatArray factors(ColorJitterTasks tasks, long step) {
    FloatArray factors = Device.garbage(4 * tasks.batch());
    IntArray control = control(tasks.batch(), step).array();
    Device.run(g -> tasks.addFactors(g, control, factors), control, factors);
    return factors;
  }

  /** Rows of the batch from one on are the same as those of a whole batch, however it is divided. */
  @Test
  void aPartOfABatchChangesAsInTheWhole() {
    FloatArray images = images(8 * 3 * 5);
    FloatArray moments = moments(MEAN, STD);
    BatchControl control = control(8, 4);
    float[] whole = jittered(new ColorJitterTasks(8, 3, 1, 5, .4, .4, .4, .1), control.array(), moments, images).toHeapArray();
    control.part(5, 3, false);
    FloatArray last = FloatArray.fromArray(Arrays.copyOfRange(images.toHeapArray(), 75, 120));
    assertThat(jittered(new ColorJitterTasks(3, 3, 1, 5, .4, .4, .4, .1), control.array(), moments, last).toHeapArray())
        .isEqualTo(Arrays.copyOfRange(whole, 75, 120));
  }

  @Test
  void refusesOtherChannels() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ColorJitterTasks(1, 2, 1, 1, 0, 0, 0, 0))
        .withMessage("colours are of 3 channels, or grey of 1, not of 2");
  }
}
