// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.arturo4j.collective.Collective;
import io.github.arturo4j.collective.Single;
import io.github.arturo4j.collective.ThreadRanks;
import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.graph.GraphTask;
import io.github.arturo4j.kernels.optimizer.GroupOverride;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.optimizer.StepReport;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import io.github.arturo4j.models.GradientTest;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.TestImages;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.ColorJitter;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.FeatureSource;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.data.Normalization;
import io.github.arturo4j.models.data.Preprocessing;
import io.github.arturo4j.models.data.ResizedCrop;
import io.github.arturo4j.models.layer.Conv2d;
import io.github.arturo4j.models.layer.Dropout;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MaxPool2d;
import io.github.arturo4j.models.layer.ReLU;
import io.github.arturo4j.models.layer.Residual;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.layer.StochasticDepth;
import io.github.arturo4j.models.metric.Accuracy;
import io.github.arturo4j.models.metric.MacroF1;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A training by several ranks, here threads, beside one by a single process. TornadoVM's compiler is not for several threads: there,
 * ranks are processes, as the host's tests with mpirun have them.
 */
class RanksTest {
  private static final int BATCH = 17;
  private static final int IMAGES = 54; // three steps of 17, one of 3
  private static final Preprocessing PREPROCESSING =
      new Preprocessing(
          new Augmentation(0, null, true, new ResizedCrop(null, null), new ColorJitter(.4, .4, 0, 0)),
          new Normalization(List.of(.3), List.of(.4)));

  private final Network network =
      new Network(
          "small", new Shape(1, 8, 7),
          List.of(
              new Conv2d(6, 3, 0), new ReLU(), new MaxPool2d(), new Dropout(.3), new Flatten(), new Linear(16),
              new Residual(List.of(new Linear(16), new StochasticDepth(.4)), List.of()),
              new ReLU(), new Dropout(.4), new Linear(3)));
  private final Network normalised = GradientTest.smallResNet();

  @BeforeEach
  void onTheJvmDevice() {
    assumeTrue(Devices.find(null).id().equals("jvm"), "TornadoVM compiles in one thread");
  }

  /** What a training comes to. */
  private record Outcome(float[] gradients, TrainingState state, TrainingMetrics metrics, Evaluation evaluation) {}

  private TrainingPlanBuilder builder(Network chosen, Collective ranks) {
    Examples images = TestImages.bars(IMAGES, chosen.input(), 3, 1);
    Sgd momentum = new Sgd(SgdHyperparameters.builder().momentum(.9).build());
    return TrainingPlan.builder(chosen, momentum, images, Devices.find(null).device())
        .preprocessing(chosen == network ? PREPROCESSING : Preprocessing.NONE)
        .batchSize(BATCH).seed(11).metrics(List.of(new Accuracy(), new MacroF1())).ranks(ranks);
  }

  private Outcome train(Network chosen, Collective ranks, int microBatch, TrainingState from) {
    TrainingPlanBuilder builder = builder(chosen, ranks);
    Examples others = TestImages.bars(23, chosen.input(), 3, 2);
    if (microBatch > 0) {
      builder.microBatch(microBatch);
    }
    try (TrainingPlan plan = builder.evaluating(others).evaluationBatch(5).build()) {
      if (from != null) {
        plan.restore(from);
      }
      int[] order = IntStream.range(0, IMAGES).map(i -> i * 7 % IMAGES).toArray();
      Batches steps = Batches.of(chosen, IMAGES, BATCH);
      for (int step = from == null ? 0 : (int) from.steps(); step < steps.steps(); step++) {
        plan.step(order, steps.first(step), steps.count(step), .05);
      }
      return new Outcome(
          plan.gradients(), plan.state(), plan.metrics(), plan.evaluate(others, () -> false).orElseThrow());
    }
  }

  private List<Outcome> train(Network chosen, int ranks, int microBatch) throws Exception {
    return ThreadRanks.run(ranks, rank -> train(chosen, rank, microBatch, null));
  }

  private static void assertClose(float[] actual, float[] expected, float tolerance) {
    float largest = 0;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual[i]).isCloseTo(expected[i], within(tolerance * largest));
    }
  }

  /** Masks, crops and colours, too, are those of the whole batch; of the last step some ranks have no row. */
  @ParameterizedTest
  @CsvSource({"1,0", "2,0", "3,0", "4,0", "5,0", "2,3", "4,2"})
  void trainsAsOneProcess(int count, int microBatch) throws Exception {
    List<Outcome> ranks = train(network, count, microBatch);
    Outcome alone = train(network, Single.INSTANCE, 0, null);
    Outcome first = ranks.getFirst();
    assertClose(first.gradients, alone.gradients, 1e-4f);
    assertClose(first.state.weights().parameters(), alone.state.weights().parameters(), 1e-5f);
    assertThat(first.metrics.lossSum()).isCloseTo(alone.metrics.lossSum(), within(1e-4));
    assertThat(first.metrics.examples()).isEqualTo(IMAGES);
    assertThat(first.evaluation.loss()).isCloseTo(alone.evaluation.loss(), within(1e-5));
    assertThat(first.evaluation.metrics()).isEqualTo(alone.evaluation.metrics());
    assertThat(first.evaluation.examples()).isEqualTo(23);
    for (Outcome other : ranks) {
      assertSame(other, first);
    }
  }

  /**
   * Where each rank has the rows of a micro-batch: gradients are added in the order of the ranks, as in that of micro-batches, and so do
   * running statistics move.
   */
  @ParameterizedTest
  @CsvSource({"2,8", "4,4", "8,2"})
  void comesToTheBitsOfMicroBatches(int count, int microBatch) throws Exception {
    for (Network chosen : List.of(network, normalised)) {
      List<Outcome> outcomes = new ArrayList<>();
      for (int ranks : new int[] {count, 1}) {
        outcomes.add(
            ThreadRanks.run(ranks, rank -> {
              try (TrainingPlan plan = builder(chosen, rank).batchSize(16).microBatch(microBatch).build()) {
                int[] order = IntStream.range(0, IMAGES).map(i -> i * 7 % IMAGES).toArray();
                for (int first = 0; first + 16 <= IMAGES; first += 16) {
                  plan.step(order, first, 16, .05);
                }
                return new Outcome(plan.gradients(), plan.state(), plan.metrics(), null);
              }
            }).getFirst());
      }
      assertThat(outcomes.getFirst().gradients).isEqualTo(outcomes.getLast().gradients);
      assertThat(outcomes.getFirst().state).usingRecursiveComparison().isEqualTo(outcomes.getLast().state);
    }
  }

  /** Ranks of several micro-batches each, and not of as many: the same but for rounding. */
  @Test
  void runningStatisticsMoveWithEveryMicroBatch() throws Exception {
    List<float[]> buffers = new ArrayList<>();
    for (int ranks : new int[] {2, 1}) {
      buffers.add(
          ThreadRanks.run(ranks, rank -> {
            try (TrainingPlan plan = builder(normalised, rank).batchSize(18).microBatch(3).build()) {
              plan.step(IntStream.range(0, IMAGES).toArray(), 0, 18, 1e-30);
              plan.step(IntStream.range(0, IMAGES).toArray(), 18, 18, 1e-30);
              return plan.weights().buffers();
            }
          }).getFirst());
    }
    assertClose(buffers.getFirst(), buffers.getLast(), 1e-6f);
  }

  /** Parts of the gradient are added up while others are computed: the same sums. */
  @ParameterizedTest
  @CsvSource({"2,1", "2,100", "3,30"})
  void comesToTheSameBitsInBuckets(int count, int bucket) throws Exception {
    for (Network chosen : List.of(network, normalised)) {
      List<List<Outcome>> outcomes = new ArrayList<>();
      for (int values : new int[] {bucket, Integer.MAX_VALUE}) {
        outcomes.add(
            ThreadRanks.run(count, rank -> {
              try (TrainingPlan plan = builder(chosen, rank).bucket(values).build()) {
                List<String> tasks = plan.tasks().stream().map(GraphTask::name).toList();
                assertThat(tasks).doesNotHaveDuplicates();
                assertThat(tasks.contains("collect2")).isEqualTo(values == bucket);
                int[] order = IntStream.range(0, IMAGES).map(i -> i * 7 % IMAGES).toArray();
                for (int first = 0; first < 3 * BATCH; first += BATCH) {
                  plan.step(order, first, BATCH, .05);
                }
                return new Outcome(plan.gradients(), plan.state(), plan.metrics(), null);
              }
            }));
      }
      for (int rank = 0; rank < count; rank++) {
        Outcome parts = outcomes.getFirst().get(rank);
        Outcome whole = outcomes.getLast().get(rank);
        assertThat(parts.gradients).isEqualTo(whole.gradients);
        assertThat(parts.state).usingRecursiveComparison().isEqualTo(whole.state);
        assertThat(parts.metrics).isEqualTo(whole.metrics);
      }
    }
  }

  private static void assertSame(Outcome actual, Outcome expected) {
    assertThat(actual.state.weights().parameters()).isEqualTo(expected.state.weights().parameters());
    assertThat(actual.state.weights().buffers()).isEqualTo(expected.state.weights().buffers());
    assertThat(actual.state.optimizer()).usingRecursiveComparison().isEqualTo(expected.state.optimizer());
    assertThat(actual.metrics).isEqualTo(expected.metrics);
    assertThat(actual.evaluation).isEqualTo(expected.evaluation);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void comesToTheSameBitsTwice(int microBatch) throws Exception {
    assertSame(train(normalised, 2, microBatch).getFirst(), train(normalised, 2, microBatch).getFirst());
  }

  /** Every rank has all of a group's state; each group takes its own bound of KL, over all ranks, and a frozen one stays. */
  @Test
  void eachGroupKeepsItsBound() throws Exception {
    ArturoHyperparameters all = ArturoHyperparameters.builder().mode(Mode.ROBUST).klBound(.02).build();
    List<GroupOverride> overrides =
        List.of(GroupOverride.frozen("0.*"), GroupOverride.of("biases", Map.of("klBound", .005)));
    List<Map<String, StepReport>> reports =
        ThreadRanks.run(3, rank -> {
          Examples images = TestImages.bars(IMAGES, network.input(), 3, 1);
          Optimizer grouped = GroupOverride.optimizer(all, overrides, network.slices());
          try (TrainingPlan plan =
              TrainingPlan.builder(network, grouped, images, Devices.find(null).device()).batchSize(BATCH).ranks(rank).build()) {
            assertThat(plan.isStateDivided()).isFalse();
            float[] before = plan.parameters();
            for (int step = 0; step < 5; step++) {
              plan.step(IntStream.range(0, IMAGES).toArray(), step % 3 * BATCH, BATCH, .02);
            }
            float[] after = plan.parameters();
            assertThat(Arrays.copyOf(after, 9 * 6)).isEqualTo(Arrays.copyOf(before, 9 * 6));
            return plan.reports();
          }
        });
    assertThat(reports).allSatisfy(each -> assertThat(each).isEqualTo(reports.getFirst()));
    assertThat(reports.getFirst().get("biases").klTaken()).isCloseTo(.005, within(5e-5));
    assertThat(reports.getFirst().get(GroupOverride.REST).klTaken()).isCloseTo(.02, within(2e-4));
  }

  /** With running statistics, which are the same on all ranks after each step, too. */
  @Test
  void goesOnBitForBit() throws Exception {
    List<Outcome> whole = train(normalised, 2, 0);
    List<TrainingState> stopped =
        ThreadRanks.run(2, rank -> {
          try (TrainingPlan plan = builder(normalised, rank).build()) {
            int[] order = IntStream.range(0, IMAGES).map(i -> i * 7 % IMAGES).toArray();
            plan.step(order, 0, BATCH, .05);
            plan.step(order, BATCH, BATCH, .05);
            return plan.state();
          }
        });
    List<Outcome> resumed = ThreadRanks.run(2, rank -> train(normalised, rank, 0, stopped.getFirst()));
    assertThat(resumed.getFirst().state.weights().parameters()).isEqualTo(whole.getFirst().state.weights().parameters());
    assertThat(resumed.getFirst().state.weights().buffers()).isEqualTo(whole.getFirst().state.weights().buffers());
    assertThat(resumed.getFirst().evaluation).isEqualTo(whole.getFirst().evaluation);
  }

  /** Each rank its own, once, but for what it reads ahead at the end; of the last step some have none. */
  @ParameterizedTest
  @ValueSource(ints = {2, 5})
  void readsTheExamplesOfARankAlone(int count) throws Exception {
    ImageSet images = TestImages.bars(IMAGES, network.input(), 3, 1);
    int size = images.shape().size();
    List<Integer> read =
        ThreadRanks.run(count, rank -> {
          AtomicInteger reads = new AtomicInteger();
          FeatureSource source =
              FeatureSource.ofBytes(
                  IMAGES, images.shape(),
                  i -> {
                    reads.incrementAndGet();
                    return Arrays.copyOfRange(images.pixels(), i * size, (i + 1) * size);
                  });
          Examples streamed = Examples.of(Features.of(source), images.targets());
          Sgd sgd = new Sgd(SgdHyperparameters.builder().build());
          TrainingPlanBuilder builder = TrainingPlan.builder(network, sgd, streamed, Devices.find(null).device());
          try (TrainingPlan plan = builder.batchSize(BATCH).seed(11).ranks(rank).build();
              TrainingPlan resident =
                  TrainingPlan.builder(
                          network, new Sgd(SgdHyperparameters.builder().build()), images, Devices.find(null).device())
                      .batchSize(BATCH).seed(11).ranks(rank).build()) {
            int[] order = IntStream.range(0, IMAGES).map(i -> i * 7 % IMAGES).toArray();
            for (int first = 0; first < IMAGES; first += BATCH) {
              plan.step(order, first, Math.min(BATCH, IMAGES - first), .05);
              resident.step(order, first, Math.min(BATCH, IMAGES - first), .05);
            }
            assertThat(plan.parameters()).isEqualTo(resident.parameters());
          }
          return reads.get();
        });
    assertThat(read).allSatisfy(reads -> assertThat(reads).isLessThanOrEqualTo(Math.ceilDiv(IMAGES, count) + 2));
  }

  /** Whoever stops, all do: the others are asked as often, and none waits for one that has gone. */
  @Test
  void stopsAnEvaluationOnAllRanks() throws Exception {
    List<Boolean> ended =
        ThreadRanks.run(3, rank -> {
          Examples others = TestImages.bars(4, network.input(), 3, 2);
          try (TrainingPlan plan = builder(network, rank).evaluating(others).evaluationBatch(1).build()) {
            int[] asked = {0};
            return plan.evaluate(others, () -> rank.any(rank.rank() == 2 && ++asked[0] == 2)).isEmpty();
          }
        });
    assertThat(ended).containsExactly(true, true, true);
  }

  @Test
  void refusesStepsThatCannotBeDivided() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(network, IMAGES, 3).checkRanks(network, 4))
        .withMessage("batchSize (--batch-size) is 3 for 4 ranks; choose 4 or more, or start fewer ranks");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(normalised, IMAGES, 7).checkRanks(normalised, 4))
        .withMessage(
            "batchSize (--batch-size) is 7 for 4 ranks, each of which normalises over its own images and so needs two;"
                + " choose 8 or more, or start fewer ranks");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Batches.of(normalised, IMAGES, BATCH).checkRanks(normalised, 4))
        .withMessage(
            normalised.name() + " normalises over the images of a step that a rank has, which are two at least, but the last step"
                + " of 54 images in steps of 17 has 3 for 4 ranks; choose another batchSize, such as --batch-size 15, or start"
                + " fewer ranks");
    assertThatCode(() -> Batches.of(normalised, IMAGES, 15).checkRanks(normalised, 4)).doesNotThrowAnyException();
    assertThatCode(() -> Batches.of(network, IMAGES, BATCH).checkRanks(network, 17)).doesNotThrowAnyException();
    assertThatCode(() -> Batches.of(normalised, IMAGES, BATCH).checkRanks(normalised, 1)).doesNotThrowAnyException();
  }
}
