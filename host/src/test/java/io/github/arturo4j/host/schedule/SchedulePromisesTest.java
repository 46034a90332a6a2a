// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

/** What holds of every schedule with every value that is accepted. */
class SchedulePromisesTest {
  private static final int MAX = 150;

  private static double[] factors(Schedule schedule, int stepsPerEpoch, int epochs) {
    double[] factors = new double[stepsPerEpoch * epochs];
    for (int i = 0; i < factors.length; i++) {
      factors[i] = schedule.factor(Progress.of(i / stepsPerEpoch + 1, i % stepsPerEpoch, stepsPerEpoch, epochs));
    }
    return factors;
  }

  private static void fallsFromOne(double[] factors, int from) {
    assertThat(factors[from]).isEqualTo(1);
    for (int i = from + 1; i < factors.length; i++) {
      assertThat(factors[i]).isBetween(0.0, factors[i - 1]);
    }
  }

  private static void isConstantInEpochs(double[] factors, int stepsPerEpoch) {
    for (int i = 0; i < factors.length; i++) {
      assertThat(factors[i]).isEqualTo(factors[i - i % stepsPerEpoch]);
    }
  }

  @Property(tries = 200)
  void fallsToItsFinalFactorAndStaysThere(
      @ForAll @IntRange(min = 1, max = MAX) int length,
      @ForAll @DoubleRange(min = 0, max = 1) @Scale(15) double finalFactor,
      @ForAll Unit unit,
      @ForAll @IntRange(min = 1, max = 9) int stepsPerEpoch) {
    int epochs = 2 * length;
    for (Schedule schedule :
        List.of(new Cosine(length, finalFactor, unit), new Linear(length, finalFactor, unit))) {
      double[] factors = factors(schedule, stepsPerEpoch, epochs);
      fallsFromOne(factors, 0);
      int end = unit == Unit.EPOCH ? length * stepsPerEpoch : length;
      for (int i = 0; i < factors.length; i++) {
        if (i < end) {
          assertThat(factors[i]).isPositive().isGreaterThanOrEqualTo(finalFactor);
        } else {
          assertThat(factors[i]).isEqualTo(finalFactor);
        }
      }
      if (unit == Unit.EPOCH) {
        isConstantInEpochs(factors, stepsPerEpoch);
      }
    }
  }

  /** The last one, too, however many there are. */
  @Property(tries = 200)
  void aFallOverAllOfTheTrainingHasPositiveRates(
      @ForAll @IntRange(min = 1) int stepsPerEpoch, @ForAll @IntRange(min = 1) int epochs, @ForAll Unit unit) {
    Progress last = Progress.of(epochs, stepsPerEpoch - 1, stepsPerEpoch, epochs);
    for (Schedule schedule : List.of(new Cosine(null, 0.0, unit), new Linear(null, 0.0, unit))) {
      assertThat(schedule.factor(last)).isPositive().isLessThanOrEqualTo(1);
      assertThat(schedule.factor(Progress.of(1, 0, stepsPerEpoch, epochs))).isEqualTo(1);
    }
  }

  @Property(tries = 200)
  void aWarmUpRisesToTheInitialRateWithoutAJump(
      @ForAll @IntRange(min = 1, max = 100) int length,
      @ForAll @DoubleRange(min = 1e-12, max = 1) @Scale(15) double startFactor,
      @ForAll Unit unit,
      @ForAll Unit unitThen,
      @ForAll @IntRange(min = 1, max = 9) int stepsPerEpoch) {
    int epochs = 2 * length;
    for (Schedule then :
        List.of(
            new Constant(), new MultiStep(List.of(1, 30), 0.5, unitThen), new Exponential(0.97, unitThen), new Cosine(null, 0.0, unitThen),
            new Linear(7, 0.1, unitThen))) {
      double[] factors = factors(new WarmUp(length, startFactor, unit, then), stepsPerEpoch, epochs);
      int end = unit == Unit.EPOCH ? length * stepsPerEpoch : length;
      assertThat(factors[0]).isEqualTo(startFactor);
      for (int i = 1; i <= end; i++) {
        assertThat(factors[i]).isBetween(factors[i - 1], 1.0);
        assertThat(factors[i] - factors[i - 1]).isLessThanOrEqualTo((1 - startFactor) / length + 1e-15);
      }
      fallsFromOne(factors, end);
      assertThat(factors[factors.length - 1]).isPositive();
      if (unit == Unit.EPOCH && unitThen == Unit.EPOCH) {
        isConstantInEpochs(factors, stepsPerEpoch);
      }
    }
  }

  @Property(tries = 50)
  void aStepIsAnEpochOfOneStep(
      @ForAll @IntRange(min = 1, max = MAX) int length,
      @ForAll @DoubleRange(min = 0, max = 1) @Scale(15) double finalFactor,
      @ForAll @IntRange(min = 1, max = MAX) int epochs) {
    assertThat(factors(new Cosine(length, finalFactor, Unit.STEP), 1, epochs))
        .isEqualTo(factors(new Cosine(length, finalFactor, Unit.EPOCH), 1, epochs));
    assertThat(factors(new WarmUp(length, null, Unit.STEP, new Linear(null, finalFactor, Unit.STEP)), 1, epochs))
        .isEqualTo(factors(new WarmUp(length, null, Unit.EPOCH, new Linear(null, finalFactor, Unit.EPOCH)), 1, epochs));
  }

  @Test
  void withoutALengthItSpansTheTraining() {
    assertThat(List.of(new Cosine(), new Linear(), new WarmUp(3, null, null, new Cosine())))
        .allMatch(Schedule::spansTraining);
    assertThat(List.of(new Constant(), new MultiStep(), new Exponential(), new Cosine(3, 0.5, null), new WarmUp()))
        .noneMatch(Schedule::spansTraining);
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    refused(() -> new MultiStep(List.of(3), 0.0), "factor is 0.0; it must be in (0, 1]");
    refused(() -> new Exponential(1.5, null), "factor is 1.5; it must be in (0, 1]");
    refused(() -> new MultiStep(List.of(3), Double.NaN), "factor is NaN; it must be in (0, 1]");
    refused(() -> new MultiStep(List.of(3, 3), 0.1), "milestones is [3, 3]; they must be positive and rising");
    refused(() -> new MultiStep(List.of(0), 0.1), "milestones is [0]; they must be positive and rising");
    refused(() -> new Cosine(0, 0.1, null), "length is 0; it must be 1 or greater");
    refused(() -> new Cosine(-3, 0.1, null), "length is -3; it must be 1 or greater");
    refused(() -> new Cosine(5, -0.1, null), "finalFactor is -0.1; it must be in [0, 1]");
    refused(() -> new Linear(5, 1.1, null), "finalFactor is 1.1; it must be in [0, 1]");
    refused(() -> new WarmUp(0, 0.1, null, null), "length is 0; it must be 1 or greater");
    refused(() -> new WarmUp(1, 0.0, null, null), "startFactor is 0.0; it must be in (0, 1]");
    refused(() -> new WarmUp(1, 0.1, null, new WarmUp()), "then is warm-up; it must be another schedule");
  }

  private static void refused(Runnable made, String message) {
    assertThatIllegalArgumentException().isThrownBy(made::run).withMessage(message);
  }

  @Test
  void theLabelTellsEveryValue() {
    assertThat(new WarmUp(2, 0.1, Unit.STEP, new Cosine(null, 0.01, null)).label())
        .isEqualTo(
            "warm-up (length 2, startFactor 0.1, unit step, then cosine (finalFactor 0.01, unit epoch))");
    assertThat(new Constant().label()).isEqualTo("constant");
    assertThat(new WarmUp(4, null, null, null).factor(new Progress(0, 1, 9))).isCloseTo(1.0 / 3, within(0.0));
  }
}
