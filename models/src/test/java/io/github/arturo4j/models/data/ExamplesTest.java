// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.layer.Shape;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Examples of arrays, and some of them. */
class ExamplesTest {
  private static final float[][] ROWS = {{1, 2}, {3, 4}, {5, 6}};

  private static float[] floats(Examples examples) {
    return ((Features.Floats) examples.features()).values();
  }

  @Test
  void rowsHaveClassesOrValues() {
    Examples classes = Examples.of(ROWS, new int[] {0, 3, 1});
    assertThat(floats(classes)).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(classes.shape()).isEqualTo(new Shape(2));
    assertThat(classes.count()).isEqualTo(3);
    assertThat(classes.targets()).hasToString("4 classes");
    assertThat(Examples.of(ROWS, new int[3], 7).targets()).hasToString("7 classes");
    assertThat(((Targets.Values) Examples.of(ROWS, new float[] {7, 8, 9}).targets()).values()).containsExactly(7, 8, 9);
    Targets.Values pairs = (Targets.Values) Examples.of(ROWS, new float[][] {{1, 2}, {3, 4}, {5, 6}}).targets();
    assertThat(pairs.values()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(pairs.width()).isEqualTo(2);
  }

  @Test
  void rowsComeFromAnIterator() {
    Iterator<Examples.Row> rows =
        IntStream.range(0, 3).mapToObj(i -> new Examples.Row(new float[] {i, 7}, 2 - i)).iterator();
    Examples examples = Examples.of(rows);
    assertThat(floats(examples)).containsExactly(0, 7, 1, 7, 2, 7);
    assertThat(((Targets.Classes) examples.targets()).labels()).containsExactly(2, 1, 0);
    refused("there are no examples; give one or more", () -> Examples.of(rows));
  }

  private static void refused(String line, Runnable action) {
    assertThatIllegalArgumentException().isThrownBy(action::run).withMessage(line);
  }

  @Test
  void rowsThatDoNotGoTogetherAreRefused() {
    refused("example 1 has 1 features and example 0 has 2; give all as many",
        () -> Examples.of(new float[][] {{1, 2}, {3}}, new int[2]));
    refused("example 2 has 3 values and example 0 has 1; give all as many",
        () -> Examples.of(ROWS, new float[][] {{1}, {2}, {3, 4, 5}}));
    refused("there are no examples; give one or more", () -> Examples.of(new float[0][], new int[0]));
    refused("there are no examples; give one or more", () -> Examples.of(ROWS, new float[0][]));
    refused("example 0 has no features; give it one or more", () -> Examples.of(new float[1][0], new float[1]));
    refused("there are features of 3 examples and targets of 2", () -> Examples.of(ROWS, new int[2]));
    refused("there are features of 3 examples and targets of 4", () -> Examples.of(ROWS, new float[4]));
    refused("label -1 of example 1 is negative; classes are counted from 0", () -> Examples.of(ROWS, new int[] {0, -1, 0}));
    refused("label 2 of example 2 is not below 2 classes", () -> Examples.of(ROWS, new int[] {0, 1, 2}, 2));
  }

  @Test
  void someAreSelected() {
    Examples some = Examples.of(ROWS, new float[][] {{7, 8}, {9, 10}, {11, 12}}).select(2, 0, 2);
    assertThat(floats(some)).containsExactly(5, 6, 1, 2, 5, 6);
    assertThat(((Targets.Values) some.targets()).values()).containsExactly(11, 12, 7, 8, 11, 12);
    Examples classes = Examples.of(Features.of(new int[] {4, 5, 6, 7}, 2), Targets.classes(new int[] {0, 2}, 5)).select(1);
    assertThat(((Features.Tokens) classes.features()).values()).containsExactly(6, 7);
    assertThat(((Targets.Classes) classes.targets()).labels()).containsExactly(2);
    assertThat(classes.targets()).hasToString("5 classes");
    ImageSet images = new ImageSet(new byte[] {1, 2, 3, 4, 5, 6}, new int[] {0, 1, 2}, 3, 1, 1, 2, 4).select(1, 2);
    assertThat(images.pixels()).containsExactly(3, 4, 5, 6);
    assertThat(images.labels()).containsExactly(1, 2);
    assertThat(images.classes()).isEqualTo(4);
    assertThat(images.shape()).isEqualTo(new Shape(1, 1, 2));
  }

  @Test
  void whatIsNotThereIsNotSelected() {
    Examples examples = Examples.of(ROWS, new float[3]);
    refused("0 examples of 2 are selected; there must be one, and at most 1,073,741,815", examples::select);
    for (int index : new int[] {-1, 3, Integer.MAX_VALUE}) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> examples.select(0, index));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> Targets.values(new float[6], 2).select(index));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> Targets.classes(new int[3], 2).select(index));
    }
  }
}
