// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvenanceTest {
  private static final Path FILE = Path.of("file");
  private static final Experiment EXPERIMENT = Experiments.find("fmnist_cnn");
  private static final Fingerprint IMAGES = new Fingerprint(60, "training", 0xfc14c410);
  private static final Provenance HERE = new Provenance(EXPERIMENT, "ab".repeat(32), IMAGES, Map.of("java", "25"));

  @Test
  void whatIsWrittenIsRead() {
    assertThat(Provenance.of(Map.of("provenance", HERE.text()))).contains(HERE);
    assertThat(Provenance.of(Map.of("epoch", "3"))).isEmpty();
  }

  /** What counts is the number, however a library prints it, and in whatever order. */
  @ParameterizedTest
  @ValueSource(strings = {"5.0E-5", "5e-05", "0.00005", "0.50E-4"})
  void anotherFormatOfANumberIsTheSameTraining(String number) {
    assertThat(HERE.text()).contains("startFilterCov: 5.0E-5\n");
    String other = HERE.text().replace("startFilterCov: 5.0E-5", "startFilterCov: " + number);
    Provenance read = Provenance.of(Map.of("provenance", other)).orElseThrow();
    assertThat(read).isEqualTo(HERE);
    assertThatCode(() -> HERE.check(FILE, read)).doesNotThrowAnyException();
  }

  /** As versions before have told it: the experiment's lines, of which the epochs' is left out, and the weights' checksum. */
  @ParameterizedTest
  @ValueSource(strings = {"5.0E-5", "0.00005"})
  void theLinesOfEarlierVersionsAreRead(String number) {
    String settings =
        Experiments.write(EXPERIMENT).replaceFirst("epochs: .*\n", "").replace("5.0E-5", number)
            + "weights: " + HERE.weights() + "\n";
    Map<String, String> metadata =
        Map.of("settings", settings, "images", "60 training examples of checksum fc14c410");
    Provenance read = Provenance.of(metadata).orElseThrow();
    assertThatCode(() -> HERE.check(FILE, read)).doesNotThrowAnyException();
    assertThat(read.images()).isEqualTo(IMAGES);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Provenance.of(Map.of("settings", settings)))
        .withMessage("it has no 'images'");
  }

  @Test
  void theFirstDifferenceIsNamed() {
    differs(
        new Provenance(Experiments.find("fmnist_cnn", "adam"), HERE.weights(), IMAGES, Map.of()),
        "'name: fmnist_cnn-adam' there, 'name: fmnist_cnn' here");
    differs(
        new Provenance(
            EXPERIMENT.with(null, null, null, EXPERIMENT.optimizer().withInitialRate(0.01)), HERE.weights(), IMAGES,
            Map.of()),
        "'klBound: 0.01' there, 'klBound: " + EXPERIMENT.optimizer().initialRate() + "' here");
    differs(
        new Provenance(
            EXPERIMENT.with(null, null, null, Experiments.find("fmnist_cnn", "sgd").optimizer()), HERE.weights(), IMAGES,
            Map.of()),
        "'optimizer: sgd' there, 'optimizer: arturo' here");
    differs(
        new Provenance(EXPERIMENT, null, IMAGES, Map.of()),
        "'weights: none' there, 'weights: " + HERE.weights() + "' here");
  }

  private static void differs(Provenance there, String difference) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> HERE.check(FILE, there))
        .withMessage(
            "'file' was written with other settings than those in config.yaml: " + difference
                + "; put back the file that belongs to the other");
  }

  @Test
  void fingerprintsAreReadAsTheyAreWritten() {
    assertThat(Fingerprint.parse("60 training examples of checksum fc14c410")).isEqualTo(IMAGES)
        .hasToString("60 training examples of checksum fc14c410");
    for (String bad : new String[] {"", "60 images", "-1 test examples of checksum 00000000", "1 test examples of checksum 0"}) {
      assertThatIllegalArgumentException().isThrownBy(() -> Fingerprint.parse(bad)).withMessageContaining("'" + bad + "'");
    }
  }
}
