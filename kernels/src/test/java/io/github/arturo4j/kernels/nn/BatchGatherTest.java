// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.reference.AugmentationReference;
import io.github.arturo4j.kernels.reference.BatchGatherReference;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class BatchGatherTest {
  private static final int IMAGES = 20;

  @ParameterizedTest
  @CsvSource({"1,1,1", "4,3,13", "13,13,207", "5,1,784"})
  void scalesTheChosenImagesAndPads(int batch, int count, int size) {
    byte[] bytes = bytes(IMAGES * size);
    ByteArray pixels = ByteArray.fromArray(bytes);
    IntArray indices = indices(batch);
    BatchControl control = new BatchControl(0);
    control.set(count, false, 0, 0);
    FloatArray x = Device.garbage(batch * size);
    Device.run(
        g -> g.add(t -> t.task("gather", BatchGather::gather, pixels, indices, control.array(), x, batch,
            size)),
        pixels, indices, control.array(), x);
    Device.assertClose(x, BatchGatherReference.gather(bytes, indices.toHeapArray(), count, size), 1e-7);
  }

  @ParameterizedTest
  @CsvSource({"1,1,1,1", "4,3,13,1", "13,13,3,69", "5,1,1,784"})
  void takesFloatsAsTheyAreAndNormalised(int batch, int count, int channels, int pixels) {
    int size = channels * pixels;
    FloatArray features = Device.normal(IMAGES * size, 3);
    IntArray indices = indices(batch);
    BatchControl control = new BatchControl(0);
    control.set(count, false, 0, 0);
    FloatArray moments = FloatArray.fromArray(new float[2 * channels]);
    for (int c = 0; c < channels; c++) {
      moments.set(c, .5f * c);
      moments.set(channels + c, 1f + c);
    }
    FloatArray x = Device.garbage(batch * size);
    FloatArray normalized = Device.garbage(batch * size);
    Device.run(
        g -> {
          g.add(t -> t.task("gather", BatchGather::gatherFloats, features, indices, control.array(), x, batch, size));
          g.add(
              t -> t.task(
                  "normalize", BatchGather::normalizeFloats, features, indices, control.array(), moments, normalized,
                  batch, channels, pixels));
        },
        features, indices, control.array(), moments, x, normalized);
    double[] expected = new double[batch * size];
    double[] expectedNormalized = new double[batch * size];
    for (int i = 0; i < count * size; i++) {
      int channel = i % size / pixels;
      expected[i] = features.get(indices.get(i / size) * size + i % size);
      expectedNormalized[i] = (expected[i] - .5 * channel) / (1 + channel);
    }
    Device.assertClose(x, expected, 0);
    Device.assertClose(normalized, expectedNormalized, 1e-6);
  }

  @ParameterizedTest
  @CsvSource({
    "1,1, 1,1,1, 0,false,false", "4,3, 3,5,7, 2,false,true", "13,13, 1,4,3, 2,true,true", "9,8, 3,32,32, 4,true,true",
    "9,9, 3,32,32, 4,false,true", "7,6, 1,28,28, 4,false,false", "5,5, 2,3,3, 9,false,true", "6,1, 3,9,4, 0,false,true",
    "3,3, 3,8,8, 0,false,false", "4,4, 1,64,65, 63,true,false"
  })
  void cropsFlipsAndNormalises(
      int batch, int count, int channels, int height, int width, int padding, boolean reflect, boolean flip) {
    byte[] bytes = bytes(IMAGES * channels * height * width);
    IntArray indices = indices(batch);
    BatchControl control = new BatchControl(2);
    control.set(count, false, 42, 17);
    double[] mean = Arrays.copyOf(new double[] {.4914, .4822, .4465}, channels);
    double[] std = Arrays.copyOf(new double[] {.2023, .1994, .2010}, channels);
    AugmentationReference reference =
        new AugmentationReference(channels, height, width, padding, reflect, flip, mean, std);
    FloatArray x = augment(bytes, indices, control, reference);
    Device.assertClose(x, reference.gather(bytes, indices.toHeapArray(), count, control.array()), 1e-6);
  }

  /** Without padding, flip and normalisation both kernels give the same bits. */
  @Test
  void withNothingToDoItOnlyScales() {
    byte[] bytes = bytes(IMAGES * 3 * 5 * 7);
    IntArray indices = indices(6);
    BatchControl control = new BatchControl(0);
    control.set(5, false, 1, 2);
    AugmentationReference plain =
        new AugmentationReference(3, 5, 7, 0, false, false, new double[3], new double[] {1, 1, 1});
    FloatArray scaled = Device.garbage(6 * 105);
    ByteArray pixels = ByteArray.fromArray(bytes);
    Device.run(
        g -> g.add(t -> t.task("gather", BatchGather::gather, pixels, indices, control.array(), scaled, 6, 105)),
        pixels, indices, control.array(), scaled);
    assertThat(augment(bytes, indices, control, plain).toHeapArray()).isEqualTo(scaled.toHeapArray());
  }

  /** Each image holds its places' numbers, so that what comes out tells where the crop was. */
  @Test
  void everyPlaceAndBothDirectionsAreAsFrequentAndChangeWithTheStep() {
    int batch = 6_000;
    byte[] bytes = new byte[49];
    for (int i = 0; i < 49; i++) {
      bytes[i] = (byte) i;
    }
    IntArray indices = new IntArray(batch);
    indices.init(0);
    AugmentationReference shape =
        new AugmentationReference(1, 7, 7, 1, false, true, new double[1], new double[] {1 / 255.0});
    int[][] counts = new int[9][2];
    int[] places = new int[2 * batch];
    for (int step = 0; step < 2; step++) {
      BatchControl control = new BatchControl(0);
      control.set(batch, false, 42, step);
      FloatArray x = augment(bytes, indices, control, shape);
      for (int b = 0; b < batch; b++) {
        int center = Math.round(x.get(b * 49 + 24));
        int flipped = x.get(b * 49 + 23) > x.get(b * 49 + 24) ? 1 : 0;
        int place = (center / 7 - 2) * 3 + center % 7 - 2;
        counts[place][flipped]++;
        places[step * batch + b] = 2 * place + flipped;
      }
    }
    double expected = 2 * batch / 18.0;
    for (int[] place : counts) {
      for (int count : place) {
        assertThat((double) count).isCloseTo(expected, within(5 * Math.sqrt(expected)));
      }
    }
    int same = 0;
    int neighbours = 0;
    for (int b = 0; b < batch; b++) {
      same += places[b] == places[batch + b] ? 1 : 0;
      neighbours += places[b] == places[b + 1] ? 1 : 0;
    }
    double chance = batch / 18.0;
    assertThat((double) same).isCloseTo(chance, within(5 * Math.sqrt(chance)));
    assertThat((double) neighbours).isCloseTo(chance, within(5 * Math.sqrt(chance)));
  }

  private static FloatArray augment(byte[] bytes, IntArray indices, BatchControl step, AugmentationReference r) {
    int channels = r.channels();
    FloatArray moments = new FloatArray(2 * channels);
    for (int c = 0; c < channels; c++) {
      moments.set(c, (float) r.mean()[c]);
      moments.set(channels + c, (float) r.std()[c]);
    }
    ByteArray pixels = ByteArray.fromArray(bytes);
    IntArray control = step.array();
    int batch = indices.getSize();
    int height = r.height();
    int width = r.width();
    int padding = r.padding();
    int reflect = r.reflect() ? 1 : 0;
    int flip = r.flip() ? 1 : 0;
    FloatArray x = Device.garbage(batch * channels * height * width);
    Device.run(
        g -> g.add(
            t -> t.task(
                "augment", BatchGather::augment, pixels, indices, control, moments, x, batch, channels, height, width,
                padding, reflect, flip)),
        pixels, indices, control, moments, x);
    return x;
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
