// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rates of PyTorch 1.13's schedulers after 0, 1, 2 … calls of {@code step()}, with the initial rate 0.1. */
class PyTorchScheduleTest {
  private static final double RATE = 0.1;

  /**
   * A schedule in a unit, and PyTorch's rates.
   *
   * @param total how many of the unit the training has
   */
  record Case(Schedule byEpoch, Schedule byStep, int total, double... rates) {
    @Override
    public String toString() {
      return byEpoch.label();
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case(new Constant(), new Constant(), 4, 0.1, 0.1, 0.1, 0.1),
        // MultiStepLR(o, [3, 7], gamma=0.3)
        new Case(
            new MultiStep(List.of(3, 7), 0.3, Unit.EPOCH), new MultiStep(List.of(3, 7), 0.3, Unit.STEP), 10,
            0.1, 0.1, 0.1, 0.03, 0.03, 0.03, 0.03, 0.009, 0.009, 0.009),
        // ExponentialLR(o, 0.7)
        new Case(
            new Exponential(0.7, Unit.EPOCH), new Exponential(0.7, Unit.STEP), 8,
            0.1, 0.06999999999999999, 0.048999999999999995, 0.0343, 0.024009999999999997, 0.016806999999999996,
            0.011764899999999997, 0.008235429999999997),
        // CosineAnnealingLR(o, 10, eta_min=0.002)
        new Case(
            new Cosine(10, 0.02, Unit.EPOCH), new Cosine(10, 0.02, Unit.STEP), 11,
            0.1, 0.09760176929846254, 0.09064183272437243, 0.07980147736233119, 0.06614183272437242, 0.051,
            0.03585816727562758, 0.02219852263766882, 0.011358167275627579, 0.004398230701537477, 0.002),
        // CosineAnnealingLR(o, 8)
        new Case(
            new Cosine(), new Cosine(null, 0.0, Unit.STEP), 8,
            0.1, 0.09619397662556434, 0.08535533905932738, 0.0691341716182545, 0.05, 0.030865828381745515,
            0.014644660940672627, 0.0038060233744356634),
        // LinearLR(o, start_factor=1.0, end_factor=0.05, total_iters=8)
        new Case(
            new Linear(8, 0.05, Unit.EPOCH), new Linear(8, 0.05, Unit.STEP), 10,
            0.1, 0.08812500000000001, 0.07625000000000001, 0.064375, 0.052500000000000005, 0.04062500000000001,
            0.028750000000000008, 0.016875000000000008, 0.005000000000000008, 0.005000000000000008),
        // LinearLR(o, start_factor=1.0, end_factor=0.0, total_iters=6)
        new Case(
            new Linear(), new Linear(null, null, Unit.STEP), 6,
            0.1, 0.08333333333333334, 0.06666666666666668, 0.05000000000000001, 0.03333333333333335,
            0.016666666666666673),
        // LinearLR(o, start_factor=0.25, total_iters=4)
        new Case(
            new WarmUp(4, 0.25, Unit.EPOCH, null), new WarmUp(4, 0.25, Unit.STEP, null), 6,
            0.025, 0.043750000000000004, 0.06250000000000001, 0.08125000000000002, 0.10000000000000002,
            0.10000000000000002),
        // SequentialLR(o, [LinearLR(o, total_iters=3), MultiStepLR(o, [2, 5], gamma=0.3)], [3])
        new Case(
            new WarmUp(3, null, null, new MultiStep(List.of(2, 5), 0.3)),
            new WarmUp(3, null, Unit.STEP, new MultiStep(List.of(2, 5), 0.3, Unit.STEP)), 10,
            0.03333333333333333, 0.05555555555555556, 0.07777777777777778, 0.1, 0.1, 0.03, 0.03, 0.03, 0.009, 0.009),
        // SequentialLR(o, [LinearLR(o, start_factor=0.1, total_iters=4), CosineAnnealingLR(o, 6, eta_min=0.002)], [4])
        new Case(
            new WarmUp(4, 0.1, Unit.EPOCH, new Cosine(null, 0.02, Unit.EPOCH)),
            new WarmUp(4, 0.1, Unit.STEP, new Cosine(null, 0.02, Unit.STEP)), 10,
            0.010000000000000002, 0.03250000000000001, 0.055000000000000014, 0.07750000000000003, 0.1,
            0.09343524478543751, 0.07550000000000001, 0.051000000000000004, 0.02650000000000001, 0.008564755214562503),
        // SequentialLR(o, [LinearLR(o, start_factor=0.1, total_iters=4), LinearLR(o, 1.0, end_factor=0.0, total_iters=6)], [4])
        new Case(
            new WarmUp(4, 0.1, Unit.EPOCH, new Linear()),
            new WarmUp(4, 0.1, Unit.STEP, new Linear(null, 0.0, Unit.STEP)), 10,
            0.010000000000000002, 0.03250000000000001, 0.055000000000000014, 0.07750000000000003, 0.1,
            0.08333333333333334, 0.06666666666666668, 0.05000000000000001, 0.03333333333333335, 0.016666666666666673));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void byEpochInEachOfItsSteps(Case of) {
    for (int stepsPerEpoch : new int[] {1, 5}) {
      for (int i = 0; i < of.rates.length; i++) {
        for (int step = 0; step < stepsPerEpoch; step++) {
          assertThat(of.byEpoch.rate(RATE, Progress.of(i + 1, step, stepsPerEpoch, of.total)))
              .as("epoch %d", i + 1).isCloseTo(of.rates[i], within(1e-15));
        }
      }
    }
  }

  /** Epochs do not count; here one ends after three steps. */
  @ParameterizedTest
  @MethodSource("cases")
  void byStep(Case of) {
    for (int i = 0; i < of.rates.length; i++) {
      assertThat(of.byStep.rate(RATE, new Progress(i, 3, of.total)))
          .as("step %d", i + 1).isCloseTo(of.rates[i], within(1e-15));
    }
  }

  /** Every bit of the rates of earlier versions, which a run of theirs goes on with. */
  @Test
  void milestonesAreToTheBitAsInEarlierVersions() {
    List<Integer> milestones = List.of(2, 3, 7);
    for (double factor : new double[] {0.006, 0.1, 0.3, 1}) {
      for (int epoch = 1; epoch <= 9; epoch++) {
        int current = epoch;
        long passed = milestones.stream().filter(milestone -> current > milestone).count();
        assertThat(new MultiStep(milestones, factor).rate(0.08567456308209788, Progress.of(epoch, 4, 7, 9)))
            .isEqualTo(0.08567456308209788 * Math.pow(factor, passed));
      }
    }
  }
}
