// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.optimizer.arturo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.optimizer.GroupLayout;
import io.github.arturo4j.kernels.optimizer.Parameters;
import io.github.arturo4j.kernels.optimizer.Place;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Sums in float over all work-groups, and launches, of {@link KernelShape#GROUPS}. */
class GroupSumsTest {
  /** More weights than threads, and no multiple of anything. */
  private static final int N = 700_001;

  static List<Place> places() {
    return Place.all();
  }

  @Test
  void groupsCoverTheWeights() {
    assertThat(GroupLayout.of(1)).isEqualTo(new GroupLayout(1, 1));
    assertThat(GroupLayout.of(1025)).isEqualTo(new GroupLayout(1025, 2));
    assertThat(GroupLayout.of(390_410).groups()).isEqualTo(382);
    assertThat(GroupLayout.of(N).threads()).isEqualTo(131_072).isLessThan(N);
  }

  /** {@link GroupTasks} promises 10⁻⁵; the sums in double are within what their terms' rounding leaves. */
  @ParameterizedTest
  @MethodSource("places")
  void theSumsAreExactToFivePlaces(Place place) {
    RandomGenerator random = ArturoRun.random(5);
    float[] initial = ArturoRun.normal(random, N, 0.1);
    try (ArturoRun run = new ArturoRun(place, ArturoRun.published(1.3, 0.01), Mode.ROBUST, initial)) {
      for (int step = 0; step < 3; step++) {
        // Terms over many orders of magnitude, the small ones last in each thread.
        float[] gradient = ArturoRun.normal(random, N, 1);
        for (int i = 0; i < N; i++) {
          gradient[i] *= (float) Math.pow(10, 2 - 5.0 * i / N);
        }
        run.step(gradient, ArturoRun.BOUND);
        double kl = run.klMean(run.state.eta(), ArturoRun.BOUND);
        assertThat(kl).isCloseTo(ArturoRun.BOUND, within(0.01 * ArturoRun.BOUND));
        assertThat(run.report().klTaken()).isCloseTo(kl, within(1e-5 * kl));
        long negative = 0;
        for (float q : run.state.curvature()) {
          negative += q < 0 ? 1 : 0;
        }
        assertThat(run.report().negativeCurvature()).isCloseTo(negative / (double) N, within(1e-7));
      }
    }
  }

  /** A bound just below KL_mean(0): the root is far below the first ladder, and one group evaluates the others alone. */
  @ParameterizedTest
  @MethodSource("places")
  void theRoundsOfOneGroupFindEtaToo(Place place) {
    float[] gradient = new float[2_001];
    Arrays.fill(gradient, 1e-3f);
    ArturoHyperparameters hp = ArturoRun.published(1.3, 0);
    double h = ArturoHyperparameters.INITIAL_CURVATURE + hp.regWeight() * hp.priorPrec();
    double bound = 0.5 / hp.varInit() * gradient.length * 1e-6 / (h * h) / 1.02;
    try (ArturoRun run = new ArturoRun(place, hp, Mode.ROBUST, new float[gradient.length])) {
      run.step(gradient, bound);
      assertThat(run.state.evaluations()).as("with 7 there was one round").isGreaterThan(7);
      assertThat(run.state.eta()).isPositive().isLessThan(1e-4f);
      assertThat(run.klMean(run.state.eta(), bound)).isCloseTo(bound, within(0.01 * bound));
    }
  }

  @Test
  void aRobustStepIsSevenLaunchesAndMoves80Bytes() {
    Arturo arturo = new Arturo(ArturoRun.published(1.3, 0), KernelShape.GROUPS);
    KernelGraph graph = new KernelGraph("optimizer", Devices.find(null).device());
    arturo.addTo(graph, Parameters.of(new FloatArray(1000), new FloatArray(1000)));
    assertThat(graph.taskCount()).isEqualTo(7);
    assertThat(arturo.bytesPerParameter()).isEqualTo(80);
  }
}
