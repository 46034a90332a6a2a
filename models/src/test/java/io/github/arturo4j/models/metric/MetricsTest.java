// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.loss.Targets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The metrics beside scikit-learn's numbers, and where these have none, beside what is said of them. */
class MetricsTest {
  private static final Targets CLASSES = Targets.classes(new int[] {0, 1, 2, 2, 1, 0, 2, 4}, 6);
  private static final float[][] SCORES = {
    {.9f, .1f, 0, 0, 0, 0}, {0, 3, 1, 2, 0, 0}, {1, 2, 1.5f, 0, 0, 0}, {0, 0, 7, 1, 1, 1}, {1, 1, 1, 1, 1, 1},
    {-9, -1, -2, -3, -4, -5}, {5, 5, 5, 0, 0, 0}, {0, 1, 2, 3, 2.5f, 4}
  };
  private static final Targets VALUES = Targets.values(new float[] {3, 10, -.5f, 20, 2, 15, 7, 11}, 2);
  private static final float[][] PREDICTIONS = {{2.5f, 11}, {0, 18}, {2, 15.5f}, {8, 10}};

  private static double of(Metric metric, Targets targets, float[]... outputs) {
    Metric.Sum sum = metric.begin(targets, outputs[0].length);
    for (int i = 0; i < outputs.length; i++) {
      sum.add(i, outputs[i]);
    }
    return sum.value();
  }

  /** As ranks have them, of which one may have no example. */
  @Test
  void partsComeToTheWhole() {
    for (Metric metric : List.of(new Accuracy(), new Top5Accuracy(), new MacroF1(), new Perplexity())) {
      partsComeToTheWhole(metric, CLASSES, SCORES);
    }
    for (Metric metric : List.of(new Rmse(), new Mae(), new R2())) {
      partsComeToTheWhole(metric, VALUES, PREDICTIONS);
    }
  }

  private static void partsComeToTheWhole(Metric metric, Targets targets, float[]... outputs) {
    for (int parts = 2; parts <= outputs.length + 1; parts++) {
      Metric.Sum all = metric.begin(targets, outputs[0].length);
      for (int part = 0; part < parts; part++) {
        Metric.Sum sum = metric.begin(targets, outputs[0].length);
        for (int i = outputs.length * part / parts; i < outputs.length * (part + 1) / parts; i++) {
          sum.add(i, outputs[i]);
        }
        assertThat(sum.state()).hasSameSizeAs(all.state());
        all.merge(sum.state());
      }
      assertThat(all.value()).as("%s of %d parts", metric.name(), parts).isCloseTo(of(metric, targets, outputs), within(1e-12));
    }
  }

  /** {@code accuracy_score}: 0 1 1 2 0 1 0 5 is chosen, of equal ones the first. */
  @Test
  void accuracy() {
    assertThat(of(new Accuracy(), CLASSES, SCORES)).isEqualTo(3 / 8.0);
    assertThat(of(new Accuracy(), Targets.classes(new int[] {1}, 2), new float[] {0, Float.NaN})).isZero();
  }

  /** Only the sixth has five better ones; the fifth's class is the second of equal ones. */
  @Test
  void top5Accuracy() {
    assertThat(of(new Top5Accuracy(), CLASSES, SCORES)).isEqualTo(7 / 8.0);
    assertThat(of(new Top5Accuracy(), Targets.classes(new int[] {5}, 6), new float[6])).isZero();
    assertThat(of(new Top5Accuracy(), Targets.classes(new int[] {4}, 5), new float[] {5, 4, 3, 2, 1})).isEqualTo(1);
  }

  /** {@code f1_score(…, average="macro")}: class 3 has no example and nobody takes one for it, so it does not count. */
  @Test
  void macroF1() {
    assertThat(of(new MacroF1(), CLASSES, SCORES)).isCloseTo(.26, within(1e-9));
    assertThat(of(new MacroF1(), Targets.classes(new int[] {1, 1}, 3), new float[] {0, 1, 0}, new float[] {0, 1, 0}))
        .isEqualTo(1);
  }

  /** Two rows of equally likely classes, and one whose class has the probability ½. */
  @Test
  void perplexity() {
    float[][] rows = {{1e4f, 1e4f, 1e4f}, {-2, -2, -2}, {0, 0, (float) Math.log(2)}};
    assertThat(of(new Perplexity(), Targets.classes(new int[] {0, 2, 2}, 3), rows)).isCloseTo(Math.cbrt(18), within(1e-6));
  }

  /** {@code mean_squared_error(…, multioutput="raw_values")}, its roots, and their mean. */
  @Test
  void rmse() {
    assertThat(of(new Rmse(), VALUES, PREDICTIONS)).isCloseTo(.931186217848, within(1e-9));
  }

  /** A tenth of what people tell them in: errors are ten times as great, a share of variance is the same. */
  @Test
  void standardisedValuesAreToldInTheirUnit() {
    Targets tenths = VALUES.asValues("it").withUnit(10).select(0, 1, 2, 3);
    assertThat(of(new Rmse(), tenths, PREDICTIONS)).isCloseTo(9.31186217848, within(1e-8));
    assertThat(of(new Mae(), tenths, PREDICTIONS)).isCloseTo(8.125, within(1e-8));
    assertThat(of(new R2(), tenths, PREDICTIONS)).isCloseTo(.923900842716, within(1e-9));
  }

  /** {@code mean_absolute_error}. */
  @Test
  void mae() {
    assertThat(of(new Mae(), VALUES, PREDICTIONS)).isCloseTo(.8125, within(1e-9));
  }

  /** {@code r2_score}. */
  @Test
  void r2() {
    assertThat(of(new R2(), VALUES, PREDICTIONS)).isCloseTo(.923900842716, within(1e-9));
    Targets constant = Targets.values(new float[] {7.3f, 7.3f, 7.3f}, 1);
    assertThat(of(new R2(), constant, new float[] {7.3f}, new float[] {7.3f}, new float[] {7.3f})).isEqualTo(1);
    assertThat(of(new R2(), constant, new float[] {7.3f}, new float[] {7.4f}, new float[] {7.3f})).isZero();
  }

  @Test
  void areKnownByName() {
    assertThat(Metrics.names()).contains("accuracy", "top5_accuracy", "macro_f1", "rmse", "r2", "perplexity");
    assertThat(Metrics.names()).allSatisfy(name -> assertThat(Metrics.of(name).name()).isEqualTo(name));
    assertThat(Metrics.defaults(CLASSES)).extracting(Metric::name).containsExactly("accuracy");
    assertThat(Metrics.defaults(VALUES)).extracting(Metric::name).containsExactly("rmse");
    assertThat(Metrics.of("rmse").higherIsBetter()).isFalse();
    refused("no metric is 'mape'; there are: " + String.join(", ", Metrics.names()), () -> Metrics.of("mape"));
  }

  @Test
  void whatDoesNotFitIsOneLine() {
    refused(
        "the metric macro_f1 takes a class for each example as target, not 2 values; choose one that takes values",
        () -> new MacroF1().begin(VALUES, 2));
    refused(
        "the metric r2 takes values as targets, not 6 classes; choose one that takes classes",
        () -> new R2().begin(CLASSES, 6));
    refused(
        "the metric rmse takes an output for each target value: there are 3 outputs and 2 values an example",
        () -> new Rmse().begin(VALUES, 3));
  }

  private static void refused(String message, Runnable body) {
    assertThatIllegalArgumentException().isThrownBy(body::run).withMessage(message);
  }
}
