// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The experiments that the documentation shows can be trained. */
class DocumentedExperimentsTest {
  private static final Pattern EXPERIMENT = Pattern.compile("(?:```yaml|<<'END')\\R(name: .*?)(?:```|END)", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(strings = {"tables", "pictures", "networks", "practice"})
  void areValid(String page) throws IOException {
    Matcher found = EXPERIMENT.matcher(Files.readString(Path.of("../docs/" + page + ".md")));
    assertThat(found.find()).isTrue();
    do {
      Experiment experiment = Experiments.parse(found.group(1), page, Experiment.class);
      assertThat(experiment.epochs()).isPositive();
      experiment.dataset()
          .declared()
          .ifPresent(schema -> assertThat(experiment.network(schema).parameterCount()).isPositive());
    } while (found.find());
  }
}
