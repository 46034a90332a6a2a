// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.reference.LossReference;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every loss keeps: the reference's numbers in batches of any size, padding that counts for nothing, NaN, extremes. */
class LossesTest {
  private static final int EXAMPLES = 50;

  static List<Loss> all() {
    return List.of(
        new CrossEntropy(),
        new CrossEntropy(.1, null),
        new CrossEntropy(.3, null),
        new MeanSquaredError(),
        new L1(),
        new Huber(),
        new Huber(2.5),
        new BinaryCrossEntropyWithLogits(),
        new BinaryCrossEntropyWithLogits(List.of(3.0)));
  }

  static Stream<Arguments> batches() {
    int[][] sizes = {{1, 1, 1, 1}, {4, 4, 10, 4}, {13, 7, 3, 20}, {207, 206, 101, 207}, {5, 1, 300, 6}};
    return all().stream().flatMap(loss -> Stream.of(sizes).map(s -> Arguments.of(loss, s[0], s[1], s[2], s[3])));
  }

  /** Targets of a kind that the loss takes. */
  private static Targets targets(Loss loss, int width, Random random) {
    if (loss instanceof CrossEntropy) {
      return Targets.classes(random.ints(EXAMPLES, 0, width).toArray(), width);
    }
    float[] values = new float[EXAMPLES * width];
    boolean shares = loss instanceof BinaryCrossEntropyWithLogits;
    for (int i = 0; i < values.length; i++) {
      values[i] = shares ? random.nextFloat() : (float) (3 * random.nextGaussian());
    }
    return Targets.values(values, width);
  }

  private static float[] outputs(int n, double scale, Random random) {
    float[] outputs = new float[n];
    for (int i = 0; i < n; i++) {
      outputs[i] = (float) (scale * random.nextGaussian());
    }
    return outputs;
  }

  @ParameterizedTest
  @MethodSource("batches")
  void agreesWithTheReference(Loss loss, int batch, int count, int width, int total) {
    checkAgreement(loss, batch, count, width, total);
  }

  @ParameterizedTest
  @MethodSource("batches")
  void soItDoesWithWeights(Loss loss, int batch, int count, int width, int total) {
    List<Double> weights = new Random(width).doubles(width, 0, 4).boxed().toList();
    switch (loss) {
      case CrossEntropy entropy ->
          checkAgreement(new CrossEntropy(entropy.labelSmoothing(), weights), batch, count, width, total);
      case BinaryCrossEntropyWithLogits entropy ->
          checkAgreement(new BinaryCrossEntropyWithLogits(weights), batch, count, width, total);
      default -> assertThat(loss.weight(null, 0)).isEqualTo(1);
    }
  }

  private static void checkAgreement(Loss loss, int batch, int count, int width, int total) {
    Random random = new Random(batch);
    Targets targets = targets(loss, width, random);
    float[] outputs = outputs(batch * width, 8, random);
    int[] indices = random.ints(batch, 0, EXAMPLES).toArray();
    double weight = 1.5 + LossRun.weight(loss, targets, indices);
    double divisor = loss instanceof CrossEntropy ? weight : total;
    LossRun run = LossRun.of(loss, targets, outputs, indices, count, total, weight, 1);
    assertThat(run.evaluated().toHeapArray()).isEqualTo(run.sums().toHeapArray());
    for (int b = 0; b < batch; b++) {
      LossReference expected = LossRun.reference(loss, targets, indices[b], outputs, b, width);
      double sum = b < count ? 1 + expected.loss() : 1;
      assertThat((double) run.sums().get(b)).isCloseTo(sum, within(2e-5 * sum));
      for (int j = 0; j < width; j++) {
        double slope = b < count ? expected.gradient()[j] / divisor : 0;
        assertThat((double) run.gradient().get(b * width + j))
            .isCloseTo(slope, within((1e-5 * Math.abs(expected.gradient()[j]) + 2e-6) / divisor));
      }
    }
  }

  /** Classes at positions, of which some are ignored, in examples of which one is padding. */
  @ParameterizedTest
  @CsvSource({"1,1,1,2", "4,3,5,7", "13,12,3,20", "5,5,64,300"})
  void positionsAreRows(int batch, int count, int positions, int width) {
    Random random = new Random(batch);
    int[] labels = random.ints(EXAMPLES * positions, 0, width).toArray();
    for (int i = 0; i < labels.length; i += 3) {
      labels[i] = Targets.Classes.IGNORED;
    }
    Targets targets = Targets.classes(labels, width, positions);
    assertThat(targets.count()).isEqualTo(EXAMPLES);
    float[] outputs = outputs(batch * positions * width, 4, random);
    int[] indices = random.ints(batch, 0, EXAMPLES).toArray();
    List<Double> weights = random.doubles(width, 0, 4).boxed().toList();
    for (Loss loss : List.of(new CrossEntropy(), new CrossEntropy(.2, weights))) {
      double weight = 2.5 + LossRun.weight(loss, targets, indices);
      LossRun run = LossRun.of(loss, targets, outputs, indices, count, count, weight, 1);
      double all = 0;
      for (int r = 0; r < batch * positions; r++) {
        int target = indices[r / positions] * positions + r % positions;
        LossReference expected = LossRun.reference(loss, targets, target, outputs, r, width);
        boolean counts = r / positions < count && labels[target] >= 0;
        assertThat((double) run.sums().get(r)).isCloseTo(counts ? 1 + expected.loss() : 1, within(1e-5 * (1 + expected.loss())));
        for (int j = 0; j < width; j++) {
          assertThat((double) run.gradient().get(r * width + j))
              .isCloseTo(counts ? expected.gradient()[j] / weight : 0, within(2e-6));
        }
        all += labels[target] < 0 ? 0 : loss.equals(new CrossEntropy()) ? 1 : weights.get(labels[target]);
      }
      assertThat(weight - 2.5).isCloseTo(all, within(1e-9));
      assertThat(run.evaluated().toHeapArray()).isEqualTo(run.sums().toHeapArray());
    }
  }

  /** The reference, in double, against central differences of its own loss. */
  @ParameterizedTest
  @MethodSource("all")
  void theReferencesGradientIsTheLosssSlope(Loss loss) {
    Random random = new Random(3);
    int width = 4;
    Targets targets = targets(loss, width, random);
    for (int example = 0; example < 9; example++) {
      double[] outputs = random.doubles(width, -3, 3).toArray();
      double[] gradient = LossReference.of(loss, targets, example, outputs).gradient();
      for (int j = 0; j < width; j++) {
        double[] above = outputs.clone();
        double[] below = outputs.clone();
        above[j] += 1e-5;
        below[j] -= 1e-5;
        double slope =
            (LossReference.of(loss, targets, example, above).loss()
                    - LossReference.of(loss, targets, example, below).loss())
                / 2e-5;
        assertThat(gradient[j]).isCloseTo(slope, within(1e-6));
      }
    }
  }

  /** Two micro-batches have the gradients of the whole batch, each with the whole batch's mean. */
  @Test
  void partsOfABatchAddUp() {
    Random random = new Random(5);
    Loss loss = new CrossEntropy(.1, List.of(.5, 2.0, 1.0));
    Targets targets = targets(loss, 3, random);
    float[] outputs = outputs(8 * 3, 2, random);
    int[] indices = IntStream.range(0, 8).toArray();
    double weight = LossRun.weight(loss, targets, indices);
    float[] whole = LossRun.of(loss, targets, outputs, indices, 8, 8, weight, Float.NaN).gradient().toHeapArray();
    float[] first =
        LossRun.of(loss, targets, outputs, indices, 5, 8, weight, Float.NaN).gradient().toHeapArray();
    for (int i = 0; i < whole.length; i++) {
      assertThat(first[i]).isEqualTo(i < 15 ? whole[i] : 0);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aResetForgetsEvenNaN(Loss loss) {
    Targets targets = targets(loss, 2, new Random(1));
    float[] outputs = {.5f, -1};
    LossRun run = LossRun.of(loss, targets, outputs, new int[] {0}, 1, 1, 1, Float.NaN);
    double expected = LossRun.reference(loss, targets, 0, outputs, 0, 2).loss();
    assertThat((double) run.sums().get(0)).isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("all")
  void aNaNGoesThrough(Loss loss) {
    Targets targets = targets(loss, 3, new Random(1));
    for (int at = 0; at < 3; at++) {
      float[] outputs = new float[6];
      outputs[3 + at] = Float.NaN;
      LossRun run = LossRun.of(loss, targets, outputs, new int[] {0, 1}, 2, 2, 2, Float.NaN);
      assertThat(run.sums().get(0)).isFinite();
      assertThat(run.sums().get(1)).isNaN();
      assertThat(run.evaluated().get(1)).isNaN();
      assertThat(run.gradient().get(3 + at)).isNaN();
    }
  }

  /** But for the squared error, whose square of such a difference is no float any more. */
  @ParameterizedTest
  @MethodSource("all")
  void largeOutputsDoNotOverflow(Loss loss) {
    Targets targets = targets(loss, 2, new Random(1));
    for (float[] outputs : new float[][] {{1e30f, -1e30f}, {-1e30f, 1e30f}, {1e30f, 1e30f}, {-200, 300}}) {
      LossRun run = LossRun.of(loss, targets, outputs, new int[] {0}, 1, 1, 1, Float.NaN);
      assertThat(run.gradient().get(0)).isFinite();
      assertThat(run.gradient().get(1)).isFinite();
      if (!(loss instanceof MeanSquaredError)) {
        assertThat(run.sums().get(0)).isFinite().isNotNegative();
      }
    }
  }

  @Test
  void aBatchThatWeighsNothingHasNoGradient() {
    Loss loss = new CrossEntropy(0.0, List.of(0.0, 1.0));
    Targets targets = Targets.classes(new int[] {0}, 2);
    assertThat(loss.weight(targets, 0)).isZero();
    LossRun run = LossRun.of(loss, targets, new float[] {1, 2}, new int[] {0}, 1, 1, Double.POSITIVE_INFINITY, Float.NaN);
    assertThat(run.gradient().toHeapArray()).containsOnly(0);
    assertThat(run.sums().get(0)).isZero();
  }

  @Test
  void areKnownByName() {
    assertThat(Losses.names()).containsExactly("cross_entropy", "mse", "l1", "huber", "bce_with_logits");
    assertThat(Losses.defaults("huber")).isEqualTo(new Huber(1.0));
    assertThat(Losses.all()).extracting(Loss::name).containsExactlyElementsOf(Losses.names());
    refused("no loss is 'mae'; there are: cross_entropy, mse, l1, huber, bce_with_logits", () -> Losses.defaults("mae"));
  }

  @Test
  void whatDoesNotFitIsOneLine() {
    Targets classes = Targets.classes(new int[] {0, 4}, 5);
    Targets values = Targets.values(new float[] {0, 1, 2, 0}, 2);
    refused(
        "the loss mse takes values as targets, not 5 classes; choose one that takes classes",
        () -> new MeanSquaredError().check(classes, 5));
    refused(
        "the loss cross_entropy takes a class for each example as target, not 2 values; choose one that takes values",
        () -> new CrossEntropy().check(values, 2));
    refused(
        "the loss cross_entropy takes an output for each of the 5 classes, and there are 4",
        () -> new CrossEntropy().check(classes, 4));
    refused(
        "classWeights has 2 numbers; it must have one for each of the 5 outputs of the network",
        () -> new CrossEntropy(0.0, List.of(1.0, 2.0)).check(classes, 5));
    refused(
        "the loss huber takes an output for each target value: there are 3 outputs and 2 values an example",
        () -> new Huber().check(values, 3));
    refused(
        "a target of example 1 is 2.0; the loss bce_with_logits takes targets from 0 to 1",
        () -> new BinaryCrossEntropyWithLogits().check(values, 2));
    refused(
        "positiveWeights has 3 numbers; it must have one for each of the 2 outputs of the network, or one for all",
        () -> new BinaryCrossEntropyWithLogits(Collections.nCopies(3, 1.0)).check(values, 2));
    refused("labelSmoothing is 1.5; it must be from 0 to 1", () -> new CrossEntropy(1.5, null));
    refused("classWeights is [-1.0]; each must be 0", () -> new CrossEntropy(0.0, List.of(-1.0)));
    refused("delta is NaN; it must be positive and finite", () -> new Huber(Double.NaN));
    refused("label 7 of example 1 is not below 5 classes", () -> Targets.classes(new int[] {0, 7}, 5));
    refused("label -1 of example 1 at position 2 is negative", () -> Targets.classes(new int[] {0, 1, 2, 3, 4, -1}, 5, 3));
    refused("5 labels are not 2 for each example", () -> Targets.classes(new int[5], 5, 2));
    refused("5 target values are not 2 for each example", () -> Targets.values(new float[5], 2));
  }

  private static void refused(String message, Runnable body) {
    assertThatIllegalArgumentException().isThrownBy(body::run).withMessageStartingWith(message);
  }
}
