// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.CrossEntropy;
import io.github.arturo4j.kernels.loss.Loss;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.kernels.optimizer.Adam;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.kernels.optimizer.Optimizer;
import io.github.arturo4j.kernels.optimizer.Sgd;
import io.github.arturo4j.kernels.optimizer.SgdHyperparameters;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.kernels.reference.LossReference;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.ReferenceNetwork;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Embedding;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.metric.Accuracy;
import io.github.arturo4j.models.metric.Perplexity;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Networks that put out a row for each position of an example, whose targets are a class at each. */
@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class PositionTargetsTest {
  private static final int POSITIONS = 4;
  private static final int VOCABULARY = 7;
  private static final int COUNT = 9;
  private static final int IGNORED = Targets.Classes.IGNORED;

  private final TornadoDevice device;

  PositionTargetsTest(Devices.Entry entry) {
    device = entry.device();
  }

  private static Network network() {
    return new Network("bigram", new Shape(POSITIONS), List.of(new Embedding(VOCABULARY, 5), new Linear(VOCABULARY)));
  }

  /** Each token but the last of an example is followed by a fixed other one. */
  private static Examples successors() {
    int[] tokens = new Random(3).ints(COUNT * POSITIONS, 0, VOCABULARY).toArray();
    int[] next = Arrays.stream(tokens).map(token -> (3 * token + 1) % VOCABULARY).toArray();
    for (int i = POSITIONS - 1; i < next.length; i += POSITIONS) {
      next[i] = IGNORED;
    }
    return Examples.of(Features.of(tokens, POSITIONS), Targets.classes(next, VOCABULARY, POSITIONS));
  }

  private TrainingPlanBuilder builder(Network network, Examples examples, Optimizer optimizer) {
    return TrainingPlan.builder(network, optimizer, examples, device).batchSize(examples.count()).seed(1);
  }

  /** The mean loss of all positions but those that are ignored. */
  private static double loss(Loss loss, Examples examples, double... point) {
    double[] tokens = Arrays.stream(((Features.Tokens) examples.features()).values()).asDoubleStream().toArray();
    double[] logits = ReferenceNetwork.training(network(), 1, 0).logits(point, tokens, examples.count());
    double sum = 0;
    for (int i = 0; i < tokens.length; i++) {
      double[] own = Arrays.copyOfRange(logits, i * VOCABULARY, (i + 1) * VOCABULARY);
      sum += LossReference.of(loss, examples.targets(), i, own).loss();
    }
    return sum / IntStream.range(0, examples.count()).mapToDouble(i -> loss.weight(examples.targets(), i)).sum();
  }

  @ParameterizedTest
  @ValueSource(ints = {COUNT, 4})
  void theMeanIsOverAllPositionsThatCount(int microBatch) {
    Loss loss = new CrossEntropy(.1, List.of(1.0, 2.0, .5, 1.0, 0.0, 1.0, 3.0));
    Examples examples = successors();
    Network network = network();
    assertThat(network.outputs()).isEqualTo(VOCABULARY);
    assertThat(network.positions()).isEqualTo(POSITIONS);
    float[] parameters = network.initialParameters(2);
    double[] point = Comparison.doubles(parameters);
    try (TrainingPlan plan =
        builder(network, examples, new Sgd(SgdHyperparameters.builder().momentum(0).build()))
            .loss(loss).initial(parameters).microBatch(microBatch).evaluating(examples).evaluationBatch(5).build()) {
      double expected = loss(loss, examples, point);
      assertThat(plan.evaluate(examples, () -> false).orElseThrow().loss()).isCloseTo(expected, within(1e-5));
      plan.step(IntStream.range(0, COUNT).toArray(), 0, COUNT, 1e-3);
      assertThat(plan.metrics().loss()).isCloseTo(expected, within(1e-5));
      float[] gradients = plan.gradients();
      for (int i = 0; i < point.length; i++) {
        double at = point[i];
        point[i] = at + 1e-6;
        double above = loss(loss, examples, point);
        point[i] = at - 1e-6;
        double below = loss(loss, examples, point);
        point[i] = at;
        assertThat((double) gradients[i]).as("gradient %d", i).isCloseTo((above - below) / 2e-6, within(1e-5));
      }
    }
  }

  /** 4 of 9 examples, evenly: each with its own targets, at all its positions. */
  @Test
  void anEvaluationOfSomeIsThatOfThoseAlone() {
    Examples all = successors();
    Examples some = all.select(0, 2, 4, 6);
    Loss loss = new CrossEntropy(0.0, List.of(1.0, 2.0, .5, 1.0, 0.0, 1.0, 3.0));
    try (TrainingPlan plan =
        builder(network(), all, new Adam(new AdamHyperparameters()))
            .loss(loss).metrics(List.of(new Accuracy(), new Perplexity())).evaluating(some).evaluationBatch(3).build()) {
      plan.step(IntStream.range(0, COUNT).toArray(), 0, COUNT, 1e-1);
      Evaluation expected = plan.evaluate(some, () -> false).orElseThrow();
      Evaluation whole = plan.evaluate(all, () -> false).orElseThrow();
      assertThat(expected.loss()).isNotEqualTo(whole.loss());
      assertThat(plan.evaluate(all, 4, () -> false)).contains(expected);
      assertThat(plan.evaluate(all, COUNT, () -> false)).contains(whole);
      assertThat(plan.evaluate(all, 1000, () -> false)).contains(whole);
    }
  }

  @Test
  void learnsWhatComesNext() {
    Examples examples = successors();
    try (TrainingPlan plan =
        builder(network(), examples, new Adam(new AdamHyperparameters()))
            .metrics(List.of(new Accuracy(), new Perplexity())).evaluating(examples).build()) {
      for (int step = 0; step < 100; step++) {
        plan.step(IntStream.range(0, COUNT).toArray(), 0, COUNT, .1);
      }
      Evaluation after = plan.evaluate(examples, () -> false).orElseThrow();
      assertThat(after.metric("accuracy")).isEqualTo(1); // of the positions that are not ignored
      assertThat(after.metric("perplexity")).isCloseTo(Math.exp(after.loss()), within(1e-4)).isLessThan(1.1);
      assertThat(after.examples()).isEqualTo(COUNT);
    }
  }

  @Test
  void whatDoesNotFitIsOneLine() {
    Examples examples = successors();
    Examples whole = Examples.of(examples.features(), Targets.classes(new int[COUNT], VOCABULARY));
    Network vector =
        new Network("bag", new Shape(POSITIONS), List.of(new Embedding(VOCABULARY, 5), new Flatten(), new Linear(VOCABULARY)));
    Sgd sgd = new Sgd(new SgdHyperparameters());
    refused(
        "bag puts out 1×7, and its targets are 7 classes at 4 positions: give it as many positions",
        () -> builder(vector, examples, sgd).build());
    refused(
        "bigram puts out 4×7, and its targets are 7 classes: add a Flatten, or a Flatten and a Linear",
        () -> builder(network(), whole, sgd).build());
    refused(
        "examples of tokens 4 with 7 classes at 4 positions and of tokens 4 with 7 classes are not one data set",
        () -> new DeviceExamples(examples, whole));
    refused(
        "there are features of 9 examples and targets of 8",
        () -> Examples.of(examples.features(), Targets.classes(new int[32], VOCABULARY, POSITIONS)));
  }

  private static void refused(String message, Runnable what) {
    assertThatIllegalArgumentException().isThrownBy(what::run).withMessage(message);
  }
}
