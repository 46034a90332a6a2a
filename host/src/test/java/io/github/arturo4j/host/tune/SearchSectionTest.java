// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The section {@code search} of an experiment's file, and the whole line that is said about one that is wrong. */
class SearchSectionTest {
  private static final String EXPERIMENT =
      """
      name: mine
      model:
        - linear: 64
        - linear: outputs
      dataset: {name: table, path: wine.csv, target: target}
      epochs: 9
      batchSize: 32
      seed: 1
      optimizer: {name: adam}
      """;

  private static final String MUST =
      "; it must be a list of the values to try, in [ ], or {min: NUMBER, max: NUMBER}, with scale: log or linear";

  @TempDir Path folder;

  private Path file(String section) throws IOException {
    return Files.writeString(folder.resolve("mine.yaml"), EXPERIMENT + section);
  }

  private SearchSpace space(String section) throws IOException {
    Path file = file(section);
    return SearchSpace.of(Experiments.read(file), SearchSpace.section(file.toString()).orElseThrow());
  }

  @Test
  void rangesAndChoicesAreRead() throws IOException {
    SequencedMap<String, Domain> section =
        SearchSpace.section(
                file(
                        """
                        search:
                          optimizer.learningRate: {min: 1e-4, max: 1e-1, scale: log}
                          optimizer.beta1: {min: 0, max: 0.99}
                          batchSize: [16, 32]
                          model.0.linear: {min: 8, max: 64}
                          schedule: [{name: constant}, {name: cosine, finalFactor: 0.1}]
                        """)
                    .toString())
            .orElseThrow();
    assertThat(section.sequencedKeySet())
        .containsExactly("optimizer.learningRate", "optimizer.beta1", "batchSize", "model.0.linear", "schedule");
    assertThat(section.sequencedValues())
        .containsExactly(
            new Interval(1e-4, 1e-1, Scale.log), new Interval(0, 0.99, Scale.linear), new Choice(List.of(16, 32)),
            new Interval(8, 64, Scale.linear),
            new Choice(List.of(Map.of("name", "constant"), Map.of("name", "cosine", "finalFactor", 0.1))));
    SearchSpace space = SearchSpace.of(Experiments.read(folder.resolve("mine.yaml")), section);
    assertThat(space.dimensions().stream().map(Dimension::whole)).containsExactly(false, false, false, true, false);
    Experiment tried = space.with(space.values(1, 2));
    assertThat(tried).isNotEqualTo(space.experiment());
    assertThat(Experiments.write(tried)).doesNotContain("search");
  }

  @Test
  void theDocumentedSectionIsOne() throws IOException {
    Matcher section = Pattern.compile("```yaml\\R(search:.*?)```", Pattern.DOTALL).matcher(Files.readString(Path.of("../docs/tune.md")));
    assertThat(section.find()).isTrue();
    assertThat(space(section.group(1)).labels()).containsExactly("learningRate", "batchSize", "linear", "schedule");
  }

  /** Whoever trains such a file trains what stands beside the section. */
  @Test
  void otherReadersLeaveTheSectionAlone() throws IOException {
    Experiment with = Experiments.read(file("search:\n  batchSize: [16, 32]\n"));
    assertThat(with).isEqualTo(Experiments.read(file("")));
    assertThat(SearchSpace.section(file("").toString())).isEmpty();
    assertThat(SearchSpace.section("fmnist_cnn")).isEmpty();
  }

  static Stream<List<String>> mistakes() {
    return Stream.of(
        // as it is read, with the line
        List.of("search: fast\n", "FILE, line 10: key 'search' is \"fast\"; it must be a section of keys, or be left out"),
        List.of("search:\n", "FILE, line 10: key 'search' is empty; give it a value, or leave it out"),
        List.of("search:\n  batchSize: 3\n", "FILE, line 11: key 'search.batchSize' is 3" + MUST),
        List.of("search:\n  batchSize: []\n", "FILE, line 11: key 'search.batchSize' is an empty list; give it the values to try"),
        List.of("search:\n  batchSize: [1, 1]\n", "FILE, line 11: key 'search.batchSize': has a value twice; leave it out"),
        List.of("search:\n  batchSize: [1, null]\n",
            "FILE, line 11: key 'search.batchSize.1' is empty; give it a value, or leave it out"),
        List.of("search:\n  batchSize: {min: 3}\n", "FILE, line 11: key 'search.batchSize': has no max" + MUST),
        List.of("search:\n  batchSize: {min: 3, max: many}\n",
            "FILE, line 11: key 'search.batchSize': has max 'many', which is no number" + MUST),
        List.of("search:\n  batchSize: {min: 3, max: 4, step: 1}\n",
            "FILE, line 11: key 'search.batchSize': has an unknown key 'step'" + MUST),
        List.of("search:\n  batchSize: {min: 3, max: 3}\n",
            "FILE, line 11: key 'search.batchSize': has min 3 and max 3; min must be less than max"),
        List.of("search:\n  batchSize: {min: 0, max: 3, scale: log}\n",
            "FILE, line 11: key 'search.batchSize': has min 0 and scale log; min must be greater than 0, or scale linear"),
        List.of("search:\n  batchSize: {min: 1, max: 3, scale: logarithmic}\n",
            "FILE, line 11: key 'search.batchSize': has scale 'logarithmic'; it must be log or linear"),
        List.of("search:\n  batchSize: [1, 2]\n  batchSize: [3]\n",
            "FILE, line 12: key 'search.batchSize' is there twice, first in line 11; leave one out"),
        // as the experiment takes it
        List.of("search: {}\n", "search: is empty; give it the path of a value, such as optimizer.learningRate, with what to try"),
        List.of("search:\n  epochs: [1, 2]\n", "search: 'epochs' has to be the same in all trials; leave it out"),
        List.of("search:\n  dataset.path: [a.csv]\n", "search: 'dataset.path' has to be the same in all trials; leave it out"),
        List.of("search:\n  batchsize: [1, 2]\n",
            "search: 'batchsize' cannot be 1: unknown key 'batchsize'; the keys there are: augmentation, batchSize, "),
        List.of("search:\n  optimizer.learningrate: {min: 1, max: 2}\n",
            "search: 'optimizer.learningrate' cannot be 1: unknown key 'optimizer.learningrate'; the keys there are: "),
        List.of("search:\n  optimizer.learningRate: {min: -1, max: 2}\n",
            "search: 'optimizer.learningRate' cannot be -1: learningRate is -1"),
        List.of("search:\n  batchSize: {min: 0.5, max: 8}\n",
            "search: 'batchSize' cannot be 0.5: key 'batchSize' is 0.5; it must be a whole number"),
        List.of("search:\n  batchSize: {min: 0, max: 8}\n",
            "search: 'batchSize' cannot be 0: batchSize (--batch-size) is 0; it must be between 1 and 65535"),
        List.of("search:\n  batchSize: [8, many]\n",
            "search: 'batchSize' cannot be many: key 'batchSize' is \"many\"; it must be a whole number"),
        List.of("search:\n  batchSize.x: [8]\n",
            "search: 'batchSize.x' cannot be 8: 'batchSize.x' leads into 'batchSize', which is no section of keys"),
        List.of("search:\n  model.7.linear: [8]\n",
            "search: 'model.7.linear' cannot be 8: 'model.7.linear' has '7' in place of an index; the list there has those from 0 to 1"),
        List.of("search:\n  model.0.conv: [8]\n", "search: 'model.0.conv' cannot be 8: "),
        List.of("search:\n  optimizer: [{name: sgd}]\n  optimizer.beta1: [0.5]\n",
            "search: has 'optimizer.beta1', which is a part of 'optimizer'; leave one out"));
  }

  @Test
  void anEmptyValueIsRefusedByTheSectionItself() throws IOException {
    String file = file("search:\n  batchSize: [1, null]\n").toString();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SearchSpace.section(file))
        .withMessage(file + ", line 11: key 'search.batchSize': has an empty value; write it out, or leave it out");
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamed(List<String> sectionAndMessage) {
    String message = sectionAndMessage.getLast().replace("FILE", folder.resolve("mine.yaml").toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> space(sectionAndMessage.getFirst()))
        .withMessageStartingWith(message)
        .matches(e -> e.getMessage().lines().count() == 1);
  }
}
