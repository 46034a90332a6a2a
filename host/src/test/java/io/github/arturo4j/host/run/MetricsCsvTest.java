// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsCsvTest {
  @TempDir Path folder;

  private static EpochRow row(int epoch) {
    return new EpochRow(epoch, .5, 1, .25, 2, .125, 3, 4, 5, Double.NaN, 1e-3, .75, 6);
  }

  @Test
  void rowsBeyondAndATornLineAreDropped() throws IOException {
    Path file = folder.resolve("metrics.csv");
    MetricsCsv metrics = new MetricsCsv(file);
    assertThat(metrics.keep(2)).isEmpty();
    assertThat(file).doesNotExist();
    metrics.append(row(1));
    metrics.append(row(2));
    String two = Files.readString(file);
    metrics.append(row(3));
    Files.writeString(file, Files.readString(file) + "4,0.5,1.");
    assertThat(metrics.keep(2)).isEqualTo(List.of(row(1), row(2)));
    assertThat(Files.readString(file)).isEqualTo(two);
    Files.writeString(file, two.strip()); // an editor's doing: the next row must not join the last
    assertThat(metrics.keep(2)).hasSize(2);
    metrics.append(row(3));
    assertThat(Files.readAllLines(file)).hasSize(4).endsWith(row(3).csv());
  }

  @Test
  void aLineThatIsNoRowIsRefusedAndNothingChanged() throws IOException {
    Path file = folder.resolve("metrics.csv");
    MetricsCsv metrics = new MetricsCsv(file);
    metrics.append(row(1));
    metrics.append(row(2));
    String spoilt = Files.readString(file).replace("\n1,", "\none,");
    Files.writeString(file, spoilt);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.keep(1))
        .withMessageContaining("metrics.csv', line 2: 'one,")
        .withMessageContaining("mend the line");
    assertThat(Files.readString(file)).isEqualTo(spoilt);
  }
}
