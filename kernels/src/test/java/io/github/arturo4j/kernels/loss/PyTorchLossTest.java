// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The losses and their gradients are those of PyTorch 1.13's {@code torch.nn}, in double, with {@code reduction='mean'}. */
class PyTorchLossTest {
  private static final float[] OUTPUTS = {1.5f, -.5f, .25f, -2, 3, .75f, .1f, .2f, -.3f, 4, -4, 1};
  private static final Targets CLASSES = Targets.classes(new int[] {2, 1, 0, 1}, 3);
  private static final Targets POSITIONS = Targets.classes(new int[] {2, Targets.Classes.IGNORED, 0, 1}, 3, 2);
  private static final Targets VALUES =
      Targets.values(new float[] {1, -1, .5f, -1, 0, .75f, 2.5f, .2f, -3, 3, -2, 1.5f}, 3);
  private static final Targets SHARES = Targets.values(new float[] {1, 0, .5f, 0, 1, 1, .25f, 0, 0, 1, 1, 0}, 3);
  private static final List<Double> WEIGHTS = List.of(.5, 2.0, 1.25);

  record Case(Loss loss, Targets targets, double mean, double... gradient) {
    @Override
    public String toString() {
      return loss.toString();
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(
            new CrossEntropy(), CLASSES, 2.694492479,
            .175828494, .023795799, -.199624293, .001514639, -.025207586, .023692946,
            -.159925846, .099547335, .060378511, .238067457, -.249920137, .011852681),
        new Case(
            new CrossEntropy(.1, null), CLASSES, 2.644909146,
            .167495161, .015462466, -.182957626, -.006818694, -.008540919, .015359613,
            -.143259180, .091214002, .052045178, .229734123, -.233253471, .003519347),
        new Case(
            new CrossEntropy(0.0, WEIGHTS), CLASSES, 3.273605992,
            .152894343, .020691999, -.173586342, .002107324, -.035071423, .032964099,
            -.055626381, .034625160, .021001221, .331224287, -.347714974, .016490686),
        new Case(
            new CrossEntropy(.2, WEIGHTS), CLASSES, 3.043868993,
            .147097241, -.002496407, -.144600835, -.003847826, -.012151212, .015999038,
            -.034633136, .021824302, .012808834, .300585364, -.301346495, .000761131),
        new Case(
            new CrossEntropy(), POSITIONS, 3.557228791,
            .234437992, .031727732, -.266165724, 0, 0, 0,
            -.213234462, .132729780, .080504681, .317423275, -.333226850, .015803574),
        new Case(
            new CrossEntropy(.2, WEIGHTS), POSITIONS, 4.520388129,
            .225549103, -.003827824, -.221721280, 0, 0, 0,
            -.053104142, .033463930, .019640212, .460897559, -.462064626, .001167068),
        new Case(
            new MeanSquaredError(), VALUES, 2.405208333,
            .083333333, .083333333, -.041666667, -.166666667, .5, 0, -.4, 0, .45, .166666667, -.333333333, -.083333333),
        new Case(
            new L1(), VALUES, 1.154166667,
            .083333333, .083333333, -.083333333, -.083333333, .083333333, 0,
            -.083333333, 0, .083333333, .083333333, -.083333333, -.083333333),
        new Case(
            new Huber(), VALUES, .792187500,
            .041666667, .041666667, -.020833333, -.083333333, .083333333, 0,
            -.083333333, 0, .083333333, .083333333, -.083333333, -.041666667),
        new Case(
            new Huber(.5), VALUES, .475520833,
            .041666667, .041666667, -.020833333, -.041666667, .041666667, 0,
            -.041666667, 0, .041666667, .041666667, -.041666667, -.041666667),
        new Case(
            new BinaryCrossEntropyWithLogits(), SHARES, .780022364,
            -.015202127, .031461722, .005181375, .009933577, -.003952156, -.026735108,
            .022914932, .045819500, .035463124, -.001498851, -.081834483, .060921548),
        new Case(
            new BinaryCrossEntropyWithLogits(WEIGHTS), SHARES, 1.117115387,
            -.007601063, .031461722, .000620714, .009933577, -.007904312, -.033418886,
            .027863066, .045819500, .035463124, -.000749425, -.163668965, .060921548));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void lossAndGradientAreThose(Case c) {
    LossRun run = LossRun.of(c.loss, c.targets, OUTPUTS);
    double weight = LossRun.weight(c.loss, c.targets, IntStream.range(0, c.targets.count()).toArray());
    assertThat(sum(run.sums()) / weight).isCloseTo(c.mean, within(1e-6));
    assertThat(sum(run.evaluated()) / weight).isCloseTo(c.mean, within(1e-6));
    for (int i = 0; i < c.gradient.length; i++) {
      assertThat((double) run.gradient().get(i)).as("%d", i).isCloseTo(c.gradient[i], within(1e-7));
    }
  }

  private static double sum(FloatArray values) {
    double sum = 0;
    for (int i = 0; i < values.getSize(); i++) {
      sum += values.get(i);
    }
    return sum;
  }
}
