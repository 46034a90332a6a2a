// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.JobRequest;
import io.github.arturo4j.service.api.OptionInfo;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.store.StoredJob;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Options that a job gives several times, as a list. */
class RepeatedOptionsTest {
  @TempDir Path folder;
  private JobDraft draft;

  @BeforeEach
  void draft() {
    draft = new JobDraft(new DataRoot(folder), folder, List.of(new DeviceInfo("jvm", "JVM", 1)));
  }

  private StoredJob job(JobKind kind, String option, Object value) {
    JobRequest request = new JobRequest(kind, "fmnist_cnn", null, Map.of(option, value), null, null, null, null, null, null);
    return draft.of(request, "me", Instant.EPOCH);
  }

  private void refused(JobKind kind, String option, Object value, String words) {
    RefusedException refused = catchThrowableOfType(RefusedException.class, () -> job(kind, option, value));
    assertThat(refused.field()).isEqualTo("options." + option);
    assertThat(refused).hasMessageContaining(words);
  }

  @Test
  void theCommandHasEachOfThem() {
    StoredJob several = job(JobKind.TRAIN, "freeze", List.of("biases", "regex:12[.]weight{1,1}"));
    assertThat(JobCommand.asked("fmnist_cnn", several.options()))
        .containsExactly("fmnist_cnn", "--freeze=biases", "--freeze=regex:12[.]weight{1,1}");
    StoredJob one = job(JobKind.TRAIN, "freeze", "biases");
    assertThat(JobCommand.asked("fmnist_cnn", one.options())).containsExactly("fmnist_cnn", "--freeze=biases");
  }

  @Test
  void eachIsChecked() {
    refused(JobKind.TRAIN, "group", List.of("biases,weightDecay=0", "*.weight,nosuch=1"), "nosuch");
    refused(JobKind.COMPARE, "optimizers", List.of("adam", "nosuch"), "options.optimizers has 'nosuch'");
    refused(JobKind.TRAIN, "epochs", List.of("1", "2"), "epochs");
  }

  @Test
  void theCatalogTellsWhichTheyAre() {
    assertThat(CatalogReader.read().options()).filteredOn(OptionInfo::repeated).extracting(OptionInfo::name)
        .containsExactly("freeze", "group");
    assertThat(CatalogReader.read().options()).filteredOn(OptionInfo::many).extracting(OptionInfo::name)
        .contains("metrics", "optimizers", "seeds").doesNotContain("freeze", "group", "epochs");
  }
}
