// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {
  private static final Network NORMALISED = ModelZoo.create("fmnist_resnet18");
  private static final Network PLAIN = ModelZoo.create("fmnist_cnn");

  private static int[] counts(Batches batches) {
    return IntStream.range(0, batches.steps()).map(batches::count).toArray();
  }

  private static int[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  @ParameterizedTest
  @CsvSource({
    "10,5,5 5,5 5", "12,5,5 5 2,5 5 2", "11,5,5 5 1,5 4 2", "4,3,3 1,2 2", "7,3,3 3 1,3 2 2", "5,9,5,5", "2,9,2,2",
    "2,2,2,2", "3,2,2 1,2 1", "2,1,1 1,1 1", "1,9,1,1"
  })
  void noImageIsLeftAloneWhereTheStepIsNormalised(int images, int size, String plain, String normalised) {
    assertThat(counts(Batches.of(PLAIN, images, size))).containsExactly(numbers(plain));
    Batches batches = Batches.of(NORMALISED, images, size);
    assertThat(counts(batches)).containsExactly(numbers(normalised));
    int next = 0;
    for (int step = 0; step < batches.steps(); step++) {
      assertThat(batches.first(step)).isEqualTo(next);
      next += batches.count(step);
    }
    assertThat(next).isEqualTo(images);
  }

  @ParameterizedTest
  @CsvSource({
    "3,2,batchSize (--batch-size) is 2 for 3 images; choose 3 or more",
    "9,1,batchSize (--batch-size) is 1 for 9 images; choose 3 or more",
    "1,9,there is one training image; give more"
  })
  void whereOneMustBeItIsRefused(int images, int size, String what) {
    assertThatCode(() -> Batches.of(PLAIN, images, size).check(PLAIN)).doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(NORMALISED, images, size).check(NORMALISED))
        .withMessage(
            "fmnist_resnet18 normalises over the images of a step, and one image has no variance: " + what);
  }

  @ParameterizedTest
  @CsvSource({"3,2,3", "9,1,9"})
  void sameOfAStepsMicroBatches(int images, int micro, int steps) {
    Batches.of(PLAIN, images, micro).checkMicro(PLAIN);
    Batches.of(NORMALISED, images, images).checkMicro(NORMALISED);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(NORMALISED, images, micro).checkMicro(NORMALISED))
        .withMessage(
            "fmnist_resnet18 normalises over the images of a micro-batch, and one image has no variance: microBatch"
                + " (--micro-batch) is " + micro + " for a step of " + steps + " images; choose 3 or more");
  }

  @ParameterizedTest
  @CsvSource({"11,5", "4,3", "2,2", "4,2", "60000,255"})
  void whatIsNotRefusedHasNone(int images, int size) {
    Batches batches = Batches.of(NORMALISED, images, size);
    batches.check(NORMALISED);
    assertThat(counts(batches)).doesNotContain(1);
  }
}
