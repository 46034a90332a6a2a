// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.kernels.loss.Targets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which examples are held out. */
class SplitTest {
  private static int[] sorted(Split split) {
    return IntStream.concat(Arrays.stream(split.train()), Arrays.stream(split.rest())).sorted().toArray();
  }

  @Test
  void ofEachClassTheShareIsHeldOut() {
    SplittableRandom random = new SplittableRandom(7);
    for (int trial = 0; trial < 200; trial++) {
      int classes = random.nextInt(1, 9);
      int[] labels = random.ints(random.nextInt(20, 300), 0, classes).toArray();
      double share = random.nextDouble(0.001, 0.999);
      Split split = Split.of(Targets.classes(labels, classes + 1), share, trial);
      assertThat(sorted(split)).isEqualTo(IntStream.range(0, labels.length).toArray());
      assertThat(split.train()).isSorted();
      assertThat(split.rest()).isSorted();
      for (int label = 0; label < classes; label++) {
        int wanted = label;
        long all = Arrays.stream(labels).filter(l -> l == wanted).count();
        long held = Arrays.stream(split.rest()).filter(i -> labels[i] == wanted).count();
        assertThat(held).isEqualTo(all < 2 ? 0 : Math.clamp(Math.round(all * share), 1, all - 1));
      }
    }
  }

  @Test
  void ofValuesTheShareOfAllIsHeldOut() {
    for (int count : new int[] {2, 3, 10, 101}) {
      Split split = Split.of(Targets.values(new float[2 * count], 2), 0.25, 3);
      assertThat(split.rest()).hasSize(Math.max(1, (int) Math.round(count * 0.25)));
      assertThat(sorted(split)).isEqualTo(IntStream.range(0, count).toArray());
    }
  }

  @Test
  void theSeedDecides() {
    Targets targets = Targets.classes(new int[100], 1);
    assertThat(Split.of(targets, 0.2, 5).rest())
        .isEqualTo(Split.of(targets, 0.2, 5).rest())
        .isNotEqualTo(Split.of(targets, 0.2, 6).rest())
        .isNotEqualTo(IntStream.range(0, 20).toArray());
    int[] often = new int[100];
    for (int seed = 0; seed < 1000; seed++) {
      Arrays.stream(Split.of(targets, 0.2, seed).rest()).forEach(i -> often[i]++);
    }
    assertThat(Arrays.stream(often).min().orElseThrow()).isGreaterThan(130); // 200 are expected, give or take 13
    assertThat(Arrays.stream(often).max().orElseThrow()).isLessThan(270);
  }

  @Test
  void whatCannotBeSplitIsRefused() {
    for (double share : new double[] {0, 1, -0.5, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Split.of(Targets.classes(new int[9], 1), share, 0))
          .withMessage("the share to hold out is " + share + "; it must be between 0 and 1");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.of(Targets.classes(new int[] {0, 1, 2}, 3), 0.5, 0))
        .withMessage("none of the 3 examples can be held out: there are no two of one class; give more");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Split.of(Targets.values(new float[1], 1), 0.5, 0))
        .withMessage("none of the 1 examples can be held out: there are no two; give more");
  }
}
