// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.arturo4j.host.cli.Main;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.OptionInfo;
import io.github.arturo4j.service.api.OptionType;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.store.StoredJob;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

/** What a job may say of how its device computes. */
class ComputingOptionsTest {
  private static final Map<String, Object> ALL =
      Map.of("linalg", "kernels", "precision", "fp32", "no-autotune", true, "cuda-graphs", false);

  @TempDir Path folder;
  private JobDraft draft;

  @BeforeEach
  void draft() {
    draft = new JobDraft(new DataRoot(folder), folder, List.of(new DeviceInfo("jvm", "JVM", 1)));
  }

  private StoredJob job(JobKind kind, Map<String, Object> options) {
    return draft.of(new JobRequest(kind, "fmnist_cnn", null, options, null, null, null, null, null, null), "me", Instant.EPOCH);
  }

  @ParameterizedTest
  @EnumSource(JobKind.class)
  void everyKindTakesThem(JobKind kind) {
    assertThat(JobCommand.asked("fmnist_cnn", job(kind, ALL).options()))
        .contains("--linalg=kernels", "--precision=fp32", "--no-autotune=true", "--cuda-graphs=false");
  }

  @Test
  void aFlagHasTheValueThatItIsGiven() {
    for (boolean value : new boolean[] {true, false}) {
      List<String> words = JobCommand.asked("fmnist_cnn", job(JobKind.TRAIN, Map.of("no-autotune", value, "cuda-graphs", value)).options());
      CommandLine.ParseResult parsed =
          Main.commandLine("train").parseArgs(Stream.concat(Stream.of("train"), words.stream()).toArray(String[]::new)).subcommand();
      assertThat(parsed.matchedOptionValue("--no-autotune", (Boolean) null)).isEqualTo(value);
      assertThat(parsed.matchedOptionValue("--cuda-graphs", (Boolean) null)).isEqualTo(value);
    }
  }

  @Test
  void eachIsChecked() {
    for (String option : List.of("linalg", "precision", "no-autotune", "cuda-graphs")) {
      RefusedException refused = catchThrowableOfType(RefusedException.class, () -> job(JobKind.TRAIN, Map.of(option, "nosuch")));
      assertThat(refused.field()).isEqualTo("options." + option);
      assertThat(refused).hasMessageContaining("nosuch");
    }
  }

  @Test
  void theCatalogTellsWhatTheyTake() {
    List<OptionInfo> all = CatalogReader.read().options();
    assertThat(all).filteredOn(option -> option.name().equals("linalg")).singleElement()
        .satisfies(option -> assertThat(option.values()).containsExactly("auto", "kernels", "libraries"));
    assertThat(all).filteredOn(option -> option.name().equals("cuda-graphs")).singleElement()
        .satisfies(option -> assertThat(option.values()).containsExactly("true", "false"))
        .satisfies(option -> assertThat(option.type()).isEqualTo(OptionType.BOOLEAN));
    assertThat(all).filteredOn(option -> option.name().equals("no-autotune")).singleElement()
        .satisfies(option -> assertThat(option.values()).isNull())
        .satisfies(option -> assertThat(option.commands()).containsExactly(JobKind.TRAIN, JobKind.COMPARE, JobKind.TUNE));
  }
}
