// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.Single;
import io.github.arturo4j.collective.ThreadRanks;
import io.github.arturo4j.kernels.device.DeviceTraits;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.device.KernelShape;
import io.github.arturo4j.kernels.graph.GraphPlan;
import io.github.arturo4j.kernels.graph.KernelGraph;
import io.github.arturo4j.kernels.graph.KernelProgram;
import io.github.arturo4j.kernels.optimizer.GradientClipping;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import io.github.arturo4j.kernels.optimizer.OptimizerStep;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.kernels.optimizer.Parameters;
import io.github.arturo4j.kernels.optimizer.StepReport;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Optimizers whose parameters several ranks, here threads, divide, beside one that has all: the same gradients are summed. */
class ParameterShareTest {
  /** Nine chunks of arTuRO's, the last one short, and odd numbers of them for each rank. */
  private static final int SIZE = 9 * 8192 + 77;

  private static final int STEPS = 7;

  /** Of a step of arTuRO's; one of them is executed again where η is not found. */
  private static final int SECTIONS = 6;

  private static final TornadoDevice DEVICE = Devices.find(null).device();

  private final float[] initial = normal(1, .05f);

  /** TornadoVM compiles in one thread; there, ranks are processes, as the host's tests with mpirun have them. */
  private static <T> List<T> ranks(int count, Function<Collective, T> rank) throws InterruptedException {
    assumeTrue(Devices.find(null).id().equals("jvm"), "TornadoVM compiles in one thread");
    return ThreadRanks.run(count, rank);
  }

  /** What an optimizer comes to, on one rank. */
  private record Outcome(float[] parameters, Map<String, float[]> state, List<StepReport> reports, int shareSize, int executions) {}

  private static float[] normal(int seed, float deviation) {
    Random random = new Random(seed);
    float[] values = new float[SIZE];
    for (int i = 0; i < SIZE; i++) {
      values[i] = deviation * (float) random.nextGaussian();
    }
    return values;
  }

  /** Gradients of a noisy bowl; in the fourth step, one is none. */
  private static float gradient(float[] noise, float value, int step, int i, boolean broken) {
    return broken && step == 3 && i == SIZE - 5 ? Float.NaN : value * (1 + i % 7) + noise[(i + 31 * step) % SIZE];
  }

  /** A training whose gradients are those of {@link #gradient} wherever they are computed. */
  private Outcome run(Collective ranks, OptimizerConfig config, KernelShape shape, GradientClipping clipping, double rate, boolean broken) {
    return run(ranks, ranks::allGather, config, shape, clipping, rate, broken);
  }

  private Outcome run(
      Collective ranks, OptimizerStep.Exchange exchange, OptimizerConfig config, KernelShape shape, GradientClipping clipping,
      double rate, boolean broken) {
    float[] noise = normal(2, .02f);
    Optimizer optimizer = config.create(shape);
    FloatArray network = FloatArray.fromArray(initial);
    FloatArray gradients = new FloatArray(SIZE);
    Parameters all = Parameters.of(network, gradients);
    KernelProgram program = new KernelProgram(DEVICE, DeviceTraits.of(DEVICE).in(shape));
    KernelGraph graph = program.section("update");
    ParameterShare share = ParameterShare.of(ranks, optimizer, shape, network).orElse(null);
    Parameters own = share == null ? all : share.parameters();
    graph.once(own.values()).everyTime(own.gradients());
    OptimizerStep step =
        exchange == null ? OptimizerStep.of(graph, all) : OptimizerStep.shared(graph, all, own, exchange);
    clipping.addTo(step, optimizer.control());
    optimizer.addTo(step);
    step.graph().result(own.values());
    String last = step.stages().getLast().section();
    FloatArray summand = new FloatArray(SIZE);
    List<StepReport> reports = new ArrayList<>();
    int executions = 0;
    try (GraphPlan plan = program.plan()) {
      for (int k = 0; k < STEPS; k++) {
        float[] now = share == null ? network.toHeapArray() : share.values();
        for (int i = 0; i < SIZE; i++) {
          summand.set(i, gradient(noise, now[i], k, i, broken) / ranks.size()); // exact for 1, 2 and 4 ranks
        }
        if (share == null) {
          for (int i = 0; i < SIZE; i++) {
            gradients.set(i, ranks.size() * summand.get(i));
          }
        } else {
          share.buffer().put(0, summand);
          ranks.reduceScatter(share.buffer().floats(), share.shares());
          share.takeGradients();
        }
        optimizer.prepare(k + 1, rate);
        for (OptimizerStep.Stage stage : step.stages()) {
          do {
            plan.execute(stage.section());
            executions++;
            stage.end().accept(plan.result(stage.section()));
          } while (stage.again().getAsBoolean());
        }
        reports.add(optimizer.report(plan.result(last)));
        if (share == null) {
          plan.result(last).transferToHost(network);
        } else {
          share.spread(plan.result(last));
        }
      }
      Map<String, float[]> saved = optimizer.save(plan.result(last));
      float[] parameters = share == null ? network.toHeapArray() : share.values();
      return new Outcome(parameters, share == null ? saved : share.whole(saved), reports, own.size(), executions);
    }
  }

  private Outcome alone(OptimizerConfig config, KernelShape shape, GradientClipping clipping, double rate, boolean broken) {
    return run(Single.INSTANCE, null, config, shape, clipping, rate, broken);
  }

  static Stream<Arguments> dividable() {
    return Optimizers.all().stream()
        .filter(config -> config.create(null).block(KernelShape.CHUNKS, SIZE) > 0)
        .flatMap(config -> Stream.of(1, 2, 4).map(ranks -> Arguments.of(config, ranks)));
  }

  private static void assertSameBits(Map<String, float[]> actual, Map<String, float[]> expected) {
    assertThat(actual.keySet()).isEqualTo(expected.keySet());
    expected.forEach((name, values) -> assertThat(Arrays.equals(actual.get(name), values)).as(name).isTrue());
  }

  /** A step that one rank's gradient spoils is skipped, or spoils, on all. */
  @ParameterizedTest
  @MethodSource("dividable")
  void ofAnyNumberOfRanksTheStateIsTheSameToTheBit(OptimizerConfig config, int ranks) throws Exception {
    Outcome alone = alone(config, KernelShape.CHUNKS, GradientClipping.NONE, config.initialRate(), true);
    List<Outcome> all =
        ranks(ranks, rank -> run(rank, config, KernelShape.CHUNKS, GradientClipping.NONE, config.initialRate(), true));
    assertThat(all.stream().mapToInt(Outcome::shareSize).sum()).isEqualTo(SIZE);
    for (Outcome outcome : all) {
      assertSameBits(outcome.state, alone.state);
      assertThat(Arrays.equals(outcome.parameters, alone.parameters)).isTrue();
      assertThat(outcome.reports).isEqualTo(alone.reports);
      assertThat(outcome.shareSize).isLessThan(SIZE / ranks + 8192);
    }
  }

  /** All kernels of a shared step, on any device: of the same sums, in the same order, the same comes. */
  @ParameterizedTest
  @CsvSource({"arturo,CHUNKS", "arturo,GROUPS", "adaptive,CHUNKS", "adaptive,GROUPS", "adam,CHUNKS"})
  void ofOneRankThatSharesWithNobodyTheStateIsTheSame(String name, KernelShape shape) {
    OptimizerConfig config = Optimizers.defaults(name);
    GradientClipping clipping = new GradientClipping(.7, .05);
    Outcome alone = alone(config, shape, clipping, config.initialRate(), true);
    Outcome shared = run(Single.INSTANCE, config, shape, clipping, config.initialRate(), true);
    assertSameBits(shared.state, alone.state);
    assertThat(shared.reports).isEqualTo(alone.reports);
    assertThat(Arrays.equals(shared.parameters, alone.parameters)).isTrue();
  }

  /** In the shape for GPUs further rounds add up in another order. */
  @Test
  void furtherRoundsInGroupsKeepTheBound() {
    for (double bound : new double[] {1e-9, 1e-12}) {
      Outcome shared = run(Single.INSTANCE, robust().build(), KernelShape.GROUPS, GradientClipping.NONE, bound, false);
      assertThat(shared.executions).isGreaterThan(STEPS * SECTIONS);
      assertThat(shared.reports).allSatisfy(report -> assertThat(report.klTaken()).isCloseTo(bound, within(.01 * bound)));
    }
  }

  private static ArturoHyperparameters.Builder robust() {
    return ArturoHyperparameters.builder().mode(Mode.ROBUST);
  }

  /** From one step to the next, η is where no expansion finds it; and with the last ones, steps are of the size of rounding. */
  @ParameterizedTest
  @CsvSource({"1e5,false", "10,false", "1e-3,false", "1e-9,true", "1e-13,true"})
  void theSearchGoesOnAsLongAsItWouldOnOneDevice(double bound, boolean further) throws Exception {
    Outcome alone = alone(robust().build(), KernelShape.CHUNKS, GradientClipping.NONE, bound, false);
    Outcome shared =
        ranks(2, rank -> run(rank, robust().build(), KernelShape.CHUNKS, GradientClipping.NONE, bound, false)).getLast();
    assertSameBits(shared.state, alone.state);
    assertThat(shared.reports).isEqualTo(alone.reports);
    assertThat(shared.executions > STEPS * SECTIONS).isEqualTo(further);
  }

  @ParameterizedTest
  @ValueSource(strings = {"arturo", "adaptive"})
  void inGroupsTheBoundHoldsOverAllShares(String name) throws Exception {
    OptimizerConfig config = Optimizers.defaults(name);
    double bound = config.initialRate();
    Outcome alone = alone(config, KernelShape.GROUPS, GradientClipping.NONE, bound, true);
    List<Outcome> all =
        ranks(3, rank -> run(rank, config, KernelShape.GROUPS, GradientClipping.NONE, bound, true));
    Outcome first = all.getFirst();
    for (Outcome outcome : all) {
      assertSameBits(outcome.state, first.state);
      assertThat(outcome.reports).isEqualTo(first.reports);
    }
    for (int i = 0; i < STEPS; i++) {
      StepReport here = first.reports.get(i);
      StepReport there = alone.reports.get(i);
      assertThat(here.klTaken()).isCloseTo(there.klTaken(), within(.01 * there.klTaken() + 1e-12));
      assertThat(here.eta()).isCloseTo(there.eta(), within(.01 * there.eta()));
      assertThat(here.innovation()).isCloseTo(there.innovation(), within(1e-3));
      assertThat(here.skippedSteps()).isEqualTo(there.skippedSteps());
    }
    assertThat(first.reports.getLast().skippedSteps()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"arturo", "adaptive", "sgd"})
  void theNormOfAllGradientsIsLimited(String name) throws Exception {
    OptimizerConfig config = Optimizers.defaults(name);
    GradientClipping clipping = new GradientClipping(.7, .05);
    for (KernelShape shape : KernelShape.values()) {
      Outcome alone = alone(config, shape, clipping, config.initialRate(), false);
      Outcome shared = ranks(3, rank -> run(rank, config, shape, clipping, config.initialRate(), false)).getLast();
      for (int i = 0; i < SIZE; i += 101) {
        assertThat(shared.parameters[i]).isCloseTo(alone.parameters[i], within(1e-4f));
      }
    }
  }

  @Test
  void aStateIsDividedAsItWasGathered() throws Exception {
    Map<String, float[]> state = new LinkedHashMap<>();
    state.put("firstMoment", normal(3, 1));
    state.put("secondMoment", normal(4, 1));
    ranks(
        4,
        rank -> {
          Optimizer adam = Optimizers.defaults("adam").create();
          ParameterShare share = ParameterShare.of(rank, adam, KernelShape.CHUNKS, FloatArray.fromArray(initial)).orElseThrow();
          Map<String, float[]> part = share.part(state);
          assertThat(part.get("firstMoment")).hasSize(share.parameters().size()).hasSizeLessThan(SIZE / 4 + 2);
          assertSameBits(share.whole(part), state);
          return null;
        });
  }

  @Test
  void whoCannotShareHasAll() throws Exception {
    FloatArray few = FloatArray.fromElements(1, 2, 3);
    assertThat(
            ranks(
                4,
                rank ->
                    ParameterShare.of(rank, Optimizers.defaults("adam").create(), KernelShape.CHUNKS, few).isEmpty()
                        && ParameterShare.of(
                                rank, Optimizers.defaults("ivon").create(), KernelShape.CHUNKS, FloatArray.fromArray(initial))
                            .isEmpty()))
        .containsOnly(true);
  }
}
