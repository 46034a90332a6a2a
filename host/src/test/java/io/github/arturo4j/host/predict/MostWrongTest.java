// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.data.table.NumberColumn;
import io.github.arturo4j.host.data.table.Scale;
import io.github.arturo4j.host.data.table.TableSchema;
import io.github.arturo4j.host.data.table.Task;
import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.dataset.FeatureKind;
import io.github.arturo4j.host.dataset.TargetKind;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.loss.MeanSquaredError;
import io.github.arturo4j.kernels.loss.Targets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Observers of an evaluation's outputs. */
class MostWrongTest {
  private static final float[][] LOGITS = {{5, 0, 0}, {0, 9, 0}, {1, 0, 0}, {0, 3, 2}, {2000, 0, 0}, {0, 0, 2}, {0, 9, 0}};
  private static final Targets.Classes LABELS = new Targets.Classes(new int[] {0, 0, 0, 2, 1, 2, 0}, 3);

  private static DataSchema schema(TargetKind targets, int outputs, TableSchema table) {
    return new DataSchema(List.of(4), FeatureKind.floats, targets, outputs, null, table, null);
  }

  private static List<Integer> worst(int limit) {
    MostWrong worst = new MostWrong(new OutputMeaning(schema(TargetKind.classes, 3, null), new CrossEntropy()), LABELS, limit);
    for (int i = 0; i < LOGITS.length; i++) {
      worst.add(i, LOGITS[i]);
    }
    assertThat(worst.wrong()).isEqualTo(4);
    return worst.mistakes().stream().map(MostWrong.Mistake::example).toList();
  }

  /** The second and the last are equal; the fifth's probability is 0 in floating point. */
  @Test
  void misclassifiedOnesComeFirstThenThoseOfLeastProbability() {
    assertThat(worst(10)).containsExactly(4, 1, 6, 3, 2, 5, 0);
    assertThat(worst(3)).containsExactly(4, 1, 6);
  }

  @Test
  void valuesAreJudgedInTheirUnit() {
    TableSchema table =
        new TableSchema(
            "price", Task.regression, List.of(), new Scale(100, 10), List.of(new NumberColumn("x", new Scale(0, 1), false)),
            List.of(), List.of());
    OutputMeaning meaning = new OutputMeaning(schema(TargetKind.values, 1, table), new MeanSquaredError());
    MostWrong worst = new MostWrong(meaning, new Targets.Values(new float[] {1, -1, 0}, 1, 10), 2);
    worst.add(0, new float[] {1.5f});
    worst.add(1, new float[] {1});
    worst.add(2, new float[] {0});
    assertThat(worst.mistakes()).extracting(MostWrong.Mistake::example).containsExactly(1, 0);
    MostWrong.Mistake first = worst.mistakes().getFirst();
    assertThat(first.error()).isCloseTo(20, within(1e-9));
    assertThat(first.prediction().values()).containsExactly(110);
  }

  @Test
  void aConfusionMatrixIsCounted() {
    ConfusionMatrix.Counter counter = new ConfusionMatrix.Counter(LABELS, List.of("a", "b", "c"));
    for (int i = 0; i < LOGITS.length; i++) {
      counter.add(i, LOGITS[i]);
    }
    ConfusionMatrix matrix = counter.matrix();
    assertThat(matrix.counts()).isDeepEqualTo(new int[][] {{2, 2, 0}, {1, 0, 0}, {0, 1, 1}});
    assertThat(matrix.precision(0)).isCloseTo(2 / 3., within(1e-9));
    assertThat(matrix.recall(0)).isEqualTo(.5);
    assertThat(matrix.f1(1)).isZero();
  }
}
