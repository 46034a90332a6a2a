// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.kernels.device.Devices;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.kernels.optimizer.Adam;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.kernels.reference.Comparison;
import io.github.arturo4j.models.Network;
import io.github.arturo4j.models.ReferenceNetwork;
import io.github.arturo4j.models.Weights;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Embedding;
import io.github.arturo4j.models.layer.Flatten;
import io.github.arturo4j.models.layer.Layer;
import io.github.arturo4j.models.layer.Linear;
import io.github.arturo4j.models.layer.MultiHeadAttention;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.zoo.Gpt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

@ParameterizedClass
@MethodSource("io.github.arturo4j.kernels.device.Devices#list")
class GeneratorTest {
  private static final int VOCABULARY = 7;
  private static final int CONTEXT = 5;
  private static final Network NETWORK = network(Gpt.layers(VOCABULARY, CONTEXT, 16, 1, 2, .1));

  private final TornadoDevice device;

  GeneratorTest(Devices.Entry entry) {
    device = entry.device();
  }

  private static Network network(List<Layer> layers) {
    return new Network("gpt", new Shape(CONTEXT), layers);
  }

  /** Weights so large that logits differ. */
  private static Weights weights() {
    float[] parameters = NETWORK.initialParameters(3);
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += (float) (.4 * random.nextGaussian());
    }
    return new Weights(parameters, new float[0]);
  }

  /** The likeliest token by the reference in double precision, at the last position of the end of what there is. */
  private static int likeliest(Weights weights, List<Integer> tokens) {
    List<Integer> end = tokens.subList(Math.max(0, tokens.size() - CONTEXT), tokens.size());
    double[] window = Arrays.copyOf(end.stream().mapToDouble(token -> token).toArray(), CONTEXT);
    double[] logits = ReferenceNetwork.evaluating(NETWORK).logits(Comparison.doubles(weights.parameters()), window, 1);
    int first = (end.size() - 1) * VOCABULARY;
    return IntStream.range(0, VOCABULARY).reduce(0, (a, b) -> logits[first + b] > logits[first + a] ? b : a);
  }

  @Test
  void theLikeliestTokenIsThatOfTheReferenceAlsoBeyondTheContext() {
    Weights weights = weights();
    try (Generator generator = new Generator(NETWORK, weights, device)) {
      for (int[] prompt : new int[][] {{2}, {1, 0, 6}, {1, 2, 3, 4, 5}, {0, 6, 1, 5, 2, 4, 3}}) {
        List<Integer> tokens = new ArrayList<>(Arrays.stream(prompt).boxed().toList());
        int[] generated = generator.generate(prompt, 12, Sampling.GREEDY);
        for (int token : generated) {
          assertThat(token).isEqualTo(likeliest(weights, tokens));
          tokens.add(token);
        }
        assertThat(generator.generate(prompt, 12, new Sampling(3, 1, 8))).isEqualTo(generated);
      }
    }
  }

  @Test
  void theSameSeedChoosesTheSame() {
    try (Generator generator = new Generator(NETWORK, weights(), device)) {
      int[] generated = generator.generate(new int[] {1}, 40, new Sampling(1.5, 0, 7));
      assertThat(generator.generate(new int[] {1}, 40, new Sampling(1.5, 0, 7))).isEqualTo(generated);
      assertThat(generator.generate(new int[] {1}, 40, new Sampling(1.5, 0, 8))).isNotEqualTo(generated);
    }
  }

  @Test
  void aTrainedModelWritesOnWhatItHasLearnt() {
    int[] text = IntStream.range(0, 41).map(i -> i % 6).toArray();
    Examples examples =
        Examples.of(
            Features.of(Arrays.copyOf(text, 40), CONTEXT),
            Targets.classes(Arrays.copyOfRange(text, 1, 41), VOCABULARY, CONTEXT));
    Weights trained;
    try (TrainingPlan plan =
        TrainingPlan.builder(NETWORK, new Adam(new AdamHyperparameters()), examples, device).batchSize(8).seed(3).build()) {
      for (int step = 0; step < 150; step++) {
        plan.step(IntStream.range(0, 8).toArray(), 0, 8, 1e-2);
      }
      trained = plan.weights();
    }
    try (Generator generator = new Generator(NETWORK, trained, device)) {
      assertThat(generator.generate(new int[] {3, 4}, 8, new Sampling(.2, 3, 1))).containsExactly(5, 0, 1, 2, 3, 4, 5, 0);
    }
  }

  @Test
  void predictionsAreThoseOfTheReferenceInBatchesOfAnySize() {
    Weights weights = weights();
    int[] tokens = IntStream.range(0, 4 * CONTEXT).map(i -> 5 * i % VOCABULARY).toArray();
    double[] expected =
        ReferenceNetwork.evaluating(NETWORK)
            .logits(Comparison.doubles(weights.parameters()), Arrays.stream(tokens).asDoubleStream().toArray(), 4);
    for (int batch : new int[] {1, 3, 4, 9}) {
      try (PredictionPlan plan = new PredictionPlan(NETWORK, weights, batch, device)) {
        for (int repetition = 0; repetition < 2; repetition++) {
          double[] actual = Comparison.doubles(plan.predict(Features.of(tokens, CONTEXT)));
          assertThat(Comparison.difference("logits", actual, expected, 1e-4)).isEmpty();
        }
        assertThatIllegalArgumentException().isThrownBy(() -> plan.predict(Features.of(new int[4], 4)))
            .withMessage("gpt takes examples of 5, not 4");
        assertThatIllegalArgumentException().isThrownBy(() -> plan.predict(Features.of(new float[5], 5)))
            .withMessage("the plan is of Features.Tokens, not of floats: make one of these");
      }
    }
  }

  /** Of logits 0, 1, 2 and 1, at temperature 2. */
  @Test
  void tokensAreChosenAsOftenAsTheSoftmaxSays() {
    float[] logits = {9, 0, 1, 2, 1, 9};
    int draws = 20_000;
    for (int k : new int[] {0, 2, 3}) {
      Sampling sampling = new Sampling(2, k, 4);
      SplittableRandom random = new SplittableRandom(4);
      int[] counts = new int[4];
      for (int i = 0; i < draws; i++) {
        counts[sampling.choose(logits, 1, 4, random)]++;
      }
      double[] weights = {k == 0 ? 1 : 0, Math.exp(.5), Math.exp(1), k == 2 ? 0 : Math.exp(.5)};
      double sum = Arrays.stream(weights).sum();
      for (int i = 0; i < 4; i++) {
        assertThat((double) counts[i] / draws).as("top %d, token %d", k, i).isCloseTo(weights[i] / sum, within(.02));
      }
    }
  }

  @Test
  void refusesWhatCannotBeWrittenOnInALine() {
    refuse("the temperature is -1.0; it must be 0 or positive", () -> new Sampling(-1, 0, 0));
    refuse("the temperature is NaN; it must be 0 or positive", () -> new Sampling(Double.NaN, 0, 0));
    refuse("top-k is -1; it must be at least 1, or 0 for all tokens", () -> new Sampling(1, -1, 0));
    refuse("the network puts out NaN for a token; its training has diverged: take weights of an earlier epoch",
        () -> Sampling.GREEDY.choose(new float[] {0, Float.NaN}, 0, 2, new SplittableRandom(1)));
    try (Generator generator = new Generator(NETWORK, weights(), device)) {
      refuse("the prompt has no token; give it one", () -> generator.generate(new int[0], 1, Sampling.GREEDY));
      refuse("the prompt has the token 7, and the network knows 0 to 6",
          () -> generator.generate(new int[] {1, 7}, 1, Sampling.GREEDY));
      refuse("the number of tokens to write is 0; it must be at least 1",
          () -> generator.generate(new int[] {1}, 0, Sampling.GREEDY));
    }
    Network open = network(List.of(new Embedding(VOCABULARY, 4), new MultiHeadAttention(1, false), new Linear(VOCABULARY)));
    refuse("gpt lets a position see those behind it, which are still to be written; it needs causal attention",
        () -> new Generator(open, open.initialWeights(1), device));
    Network flat = network(List.of(new Embedding(VOCABULARY, 4), new Flatten(), new Linear(VOCABULARY)));
    refuse("gpt takes 5 and puts out 1×7; to write on, it has to take tokens and put out logits of the next one at each position",
        () -> new Generator(flat, flat.initialWeights(1), device));
    refuse("the network has 0 running statistics, not 1",
        () -> new Generator(NETWORK, new Weights(NETWORK.initialParameters(1), new float[1]), device));
  }

  private static void refuse(String message, ThrowingCallable what) {
    assertThatIllegalArgumentException().isThrownBy(what).withMessage(message);
  }
}
