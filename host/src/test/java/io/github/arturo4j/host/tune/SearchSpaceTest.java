// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.kernels.optimizer.AdamHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.ArturoHyperparameters;
import io.github.arturo4j.kernels.optimizer.arturo.Mode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What trials are tried with. */
class SearchSpaceTest {
  private static final int MANY = 2000;
  private static final Experiment ADAM = Experiments.find("fmnist_cnn", "adam");

  private static SearchSpace space(Experiment experiment, Object... pathsAndDomains) {
    SequencedMap<String, Domain> domains = new LinkedHashMap<>();
    for (int i = 0; i < pathsAndDomains.length; i += 2) {
      domains.put((String) pathsAndDomains[i], (Domain) pathsAndDomains[i + 1]);
    }
    return SearchSpace.of(experiment, domains);
  }

  /** What trials after the first draw. */
  private static List<Object> drawn(SearchSpace space, String path) {
    return IntStream.range(2, MANY + 2).mapToObj(trial -> space.values(7, trial).get(path)).toList();
  }

  private static double[] numbers(List<Object> values) {
    return values.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
  }

  /** Of a logarithmic range as many in each factor, of a linear one as many in each tenth. */
  @Test
  void numbersAreSpreadAsTheScaleSays() {
    SearchSpace space =
        space(
            ADAM, "optimizer.learningRate", new Interval(1e-4, 1, Scale.log), "optimizer.beta1", new Interval(0, 0.8, Scale.linear));
    double[] rates = numbers(drawn(space, "optimizer.learningRate"));
    double[] betas = numbers(drawn(space, "optimizer.beta1"));
    for (int quarter = 0; quarter < 4; quarter++) {
      double low = Math.pow(10, quarter - 4);
      double share = IntStream.range(0, MANY).filter(i -> rates[i] >= low && rates[i] < 10 * low).count() / (double) MANY;
      assertThat(share).isEqualTo(0.25, within(0.04));
      double from = quarter * 0.2;
      assertThat(IntStream.range(0, MANY).filter(i -> betas[i] >= from && betas[i] < from + 0.2).count() / (double) MANY)
          .isEqualTo(0.25, within(0.04));
    }
    assertThat(drawn(space, "optimizer.learningRate").stream().map(Double.class::cast))
        .allMatch(rate -> rate >= 1e-4 && rate <= 1 && BigDecimal.valueOf(rate).stripTrailingZeros().precision() <= 4);
    double correlation =
        IntStream.range(0, MANY).mapToDouble(i -> (Math.log10(rates[i]) + 2) * (betas[i] - 0.4)).average().orElseThrow();
    assertThat(correlation).as("one value says nothing of the other").isEqualTo(0, within(0.03));
  }

  @Test
  void wholeNumbersAreAsLikelyAtTheEndsAndChoicesAllTheSame() {
    SearchSpace space =
        space(
            ADAM, "batchSize", new Interval(2, 5, Scale.linear), "microBatch", new Interval(1, 2, Scale.log), "initialization",
            new Choice(List.of("he", "xavier", "pytorch")));
    for (String path : List.of("batchSize", "microBatch", "initialization")) {
      Map<Object, Long> counts = drawn(space, path).stream().collect(Collectors.groupingBy(value -> value, Collectors.counting()));
      if (path.equals("batchSize")) {
        assertThat(counts).containsOnlyKeys(2L, 3L, 4L, 5L);
      }
      assertThat(counts.values())
          .as("%s", counts)
          .allMatch(count -> Math.abs(count / (double) MANY - 1.0 / counts.size()) < (path.equals("microBatch") ? 0.2 : 0.04));
    }
  }

  @Test
  void aTrialsValuesDependOnSeedTrialAndPathAlone() {
    Domain rate = new Interval(1e-4, 1, Scale.log);
    SearchSpace one = space(ADAM, "optimizer.learningRate", rate);
    SearchSpace two = space(ADAM, "batchSize", new Choice(List.of(16, 32)), "optimizer.learningRate", rate);
    for (int trial = 2; trial < 20; trial++) {
      Object value = one.values(3, trial).get("optimizer.learningRate");
      assertThat(one.values(3, trial)).isEqualTo(Map.of("optimizer.learningRate", value));
      assertThat(two.values(3, trial)).containsEntry("optimizer.learningRate", value);
      assertThat(one.values(4, trial)).doesNotContainValue(value);
      assertThat(one.values(3, trial + 1)).doesNotContainValue(value);
    }
  }

  @Test
  void theFirstTrialIsTheExperimentItself() {
    SearchSpace space = SearchSpace.of(ADAM, SearchSpace.ofRate(ADAM));
    SequencedMap<String, Object> values = space.values(1, 1);
    assertThat(values).isEqualTo(Map.of("optimizer.learningRate", ADAM.optimizer().initialRate()));
    assertThat(space.with(values)).isEqualTo(ADAM);
    SearchSpace elsewhere = space(ADAM, "optimizer.learningRate", new Interval(1, 2, Scale.linear));
    assertThat((double) elsewhere.values(1, 1).get("optimizer.learningRate")).isBetween(1.0, 2.0);
    SearchSpace missing = space(ADAM, "clipping.norm", new Interval(1, 2, Scale.linear));
    assertThat(missing.values(1, 1)).containsOnlyKeys("clipping.norm");
    assertThat(space(ADAM, "initialization", new Choice(List.of("he"))).values(1, 1)).isEqualTo(Map.of("initialization", "he"));
  }

  @Test
  void withoutASectionTheRateIsLookedForAroundTheExperiments() {
    Experiment arturo = Experiments.find("fmnist_cnn");
    assertThat(SearchSpace.ofRate(arturo)).containsOnlyKeys("optimizer.klBound");
    Interval domain = (Interval) SearchSpace.ofRate(ADAM).firstEntry().getValue();
    double rate = ADAM.optimizer().initialRate();
    assertThat(domain.position(rate)).isEqualTo(0.5, within(0.01));
    assertThat(domain.max() / domain.min()).isBetween(850.0, 950.0);
  }

  @Test
  void labelsAreAsLongAsItTakesToTellThemApart() {
    Domain some = new Choice(List.of(1));
    List<Dimension> dimensions = new ArrayList<>();
    for (String path :
        List.of("batchSize", "model.0.linear", "model.2.linear", "optimizer.beta1", "a.norm", "norm", "b.norm.max", "model.1")) {
      dimensions.add(new Dimension(path, some, true));
    }
    assertThat(new SearchSpace(ADAM, dimensions).labels())
        .containsExactly("batchSize", "0.linear", "2.linear", "beta1", "a.norm", "norm", "max", "model.1");
  }

  @Test
  void valuesStandInTheExperimentAtTheirPaths() {
    SearchSpace space =
        space(
            Experiments.find("fmnist_cnn"), "optimizer.mode", new Choice(List.of("paper")), "batchSize", new Choice(List.of(64)),
            "clipping.norm", new Choice(List.of(2)), "schedule", new Choice(List.of(Map.of("name", "cosine", "finalFactor", 0.1))));
    Experiment tried = space.with(space.values(1, 2));
    assertThat(((ArturoHyperparameters) tried.optimizer()).mode()).isEqualTo(Mode.PAPER);
    assertThat(tried.batchSize()).isEqualTo(64);
    assertThat(tried.clipping().norm()).isEqualTo(2);
    assertThat(tried.schedule().label()).startsWith("cosine (finalFactor 0.1");
    assertThat(tried.seed()).isEqualTo(space.experiment().seed());
    Experiment optimizers = space(ADAM, "optimizer", new Choice(List.of(Map.of("name", "adam", "learningRate", 0.5)))).with(
        new LinkedHashMap<>(Map.of("optimizer", Map.of("name", "adam", "learningRate", 0.5))));
    assertThat(((AdamHyperparameters) optimizers.optimizer()).learningRate()).isEqualTo(0.5);
  }
}
