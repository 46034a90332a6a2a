// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.arturo4j.host.compare.Settings;
import io.github.arturo4j.host.dataset.DataSchema;
import io.github.arturo4j.host.dataset.FeatureKind;
import io.github.arturo4j.host.dataset.TargetKind;
import io.github.arturo4j.host.run.Fingerprint;
import io.github.arturo4j.host.run.InitialWeights;
import io.github.arturo4j.host.run.RunConfig;
import io.github.arturo4j.host.run.RunData;
import io.github.arturo4j.models.data.Augmentation;
import io.github.arturo4j.models.data.ColorJitter;
import io.github.arturo4j.models.data.ResizedCrop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is what is read, however strictly that is done. */
class WrittenRecordsTest {
  private static final DataSchema SCHEMA =
      new DataSchema(List.of(3, 32, 32), FeatureKind.bytes, TargetKind.classes, 2, List.of("a: b", "c"), null, null);

  private static final String REMEDY = "; put it back";
  private static final Map<String, String> ENVIRONMENT = Map.of("java", "25", "device", "0:0 \"GPU\": 1.0e3 ü, true");

  private static final Fingerprint TRAIN = new Fingerprint(5, "training", 1 << 31);
  private static final Fingerprint TEST = new Fingerprint(6, "test", 0);

  @TempDir Path folder;

  static List<String> names() {
    return Experiments.NAMES;
  }

  private <T> T written(T value, Class<T> type) throws IOException {
    return read(Experiments.write(value), type);
  }

  private <T> T read(String text, Class<T> type) throws IOException {
    return Experiments.read(Files.writeString(folder.resolve("record.yaml"), text), type, REMEDY);
  }

  @ParameterizedTest
  @MethodSource("names")
  void experimentsWithEveryRate(String name) throws IOException {
    Experiment experiment = Experiments.find(name);
    double initial = experiment.optimizer().initialRate();
    for (double rate : new double[] {initial, 1e-10, 1e-5, Math.nextUp(1e-3), 0.1, 1}) {
      Experiment other = experiment.with(null, 1, Long.MIN_VALUE, experiment.optimizer().withInitialRate(rate));
      assertThat(written(other, Experiment.class)).isEqualTo(other);
    }
  }

  /** What may be left out is written, but for crops and colours that there are not. */
  @Test
  void augmentations() throws IOException {
    String cifar = Experiments.write(Experiments.find("cifar10_cnn"));
    assertThat(cifar).contains("augmentation:\n  padding: 4\n  mode: \"zero\"\n  flip: true\nnormalization:");
    String sections = "augmentation: {flip: true, resizedCrop: {scale: [0.5, 1]}, colorJitter: {contrast: 0.4}}\nnormalization:";
    Experiment random = read(cifar.replaceFirst("(?s)augmentation:.*normalization:", sections), Experiment.class);
    assertThat(random.augmentation())
        .isEqualTo(
            new Augmentation(
                0, Augmentation.Mode.zero, true, new ResizedCrop(List.of(0.5, 1.0), List.of(3 / 4.0, 4 / 3.0)),
                new ColorJitter(0, 0.4, 0, 0)));
    assertThat(Experiments.write(random))
        .containsSubsequence(
            "padding: 0", "mode: \"zero\"", "flip: true", "resizedCrop:", "scale:", "- 0.5", "- 1.0", "ratio:", "- 0.75",
            "- 1.3333333333333333", "colorJitter:", "brightness: 0.0", "contrast: 0.4", "saturation: 0.0", "hue: 0.0");
    assertThat(written(random, Experiment.class)).isEqualTo(random);
  }

  @Test
  void configurationsOfRuns() throws IOException {
    for (Integer limit : new Integer[] {null, 5}) {
      RunConfig config =
          new RunConfig(
              Experiments.find("cifar10_cnn"), limit, limit == null ? null : SCHEMA, weights(limit), data(limit),
              limit, limit, ENVIRONMENT);
      assertThat(written(config, RunConfig.class)).isEqualTo(config);
    }
  }

  private static RunData data(Integer limit) {
    return new RunData(limit == null ? null : "/a: \"#'é/1.5", TRAIN, null, TEST, limit == null ? null : 1e-7);
  }

  private static InitialWeights weights(Integer limit) {
    return limit == null ? null : new InitialWeights("/a: \"#'é/1.5", "0123456789abcdef".repeat(4));
  }

  private static Settings settings(Integer limit) {
    SequencedMap<String, Experiment> optimizers = new LinkedHashMap<>();
    optimizers.put("1.5", Experiments.find("fmnist_cnn"));
    optimizers.put("true", Experiments.find("fmnist_cnn-adam"));
    return new Settings(
        "my own.yaml", List.of(42L, -1L), weights(limit), limit, limit, "0:0", TRAIN, TEST, optimizers);
  }

  @Test
  void settingsOfComparisons() throws IOException {
    for (Integer limit : new Integer[] {null, 5}) {
      assertThat(written(settings(limit), Settings.class)).isEqualTo(settings(limit));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"seeds", "experiment", "device", "optimizers"})
  void damagedSettingsNameTheKeyAndTheRemedy(String key) throws IOException {
    String good = Experiments.write(settings(5));
    String bad = good.replaceFirst("(?m)^" + key + ":.*(\n[- ].*)*", key + ": null");
    assertThat(bad).isNotEqualTo(good);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(bad, Settings.class))
        .withMessageMatching(".*record.yaml, line \\d+: key '" + key + "' is empty; it must be a [^.]+" + REMEDY);
  }

  @Test
  void damagedElementsOfSettingsNameTheKeyAndTheRemedy() throws IOException {
    String good = Experiments.write(settings(5));
    String where = folder.resolve("record.yaml") + ", line ";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(good.replace("- 42", "- null"), Settings.class))
        .withMessage(where + "3: key 'seeds.0' is empty; it must be a whole number" + REMEDY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(good.replaceFirst("(?s)  \"?1.5\"?:\n.*", "  x: null\n"), Settings.class))
        .withMessageMatching(where + "14: key 'optimizers.x' is empty; it must be a section of the keys: n.*" + REMEDY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(good + "\"true\": 3\n", Settings.class))
        .withMessageMatching(where + "\\d+: unknown key 'true'; the keys there are: device, .*" + REMEDY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "images", "/a\\0b"})
  void aFolderOfImagesThatIsNoAbsolutePathIsRefused(String folder) throws IOException {
    String good =
        Experiments.write(new RunConfig(Experiments.find("fmnist_cnn-sgd"), 10, null, null, data(5), 5, null, ENVIRONMENT));
    String bad = good.replaceFirst("(?m)^  folder: .*", "  folder: \"" + Matcher.quoteReplacement(folder) + "\"");
    assertThat(bad).isNotEqualTo(good);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(bad, RunConfig.class))
        .withMessageMatching(
            ".*record.yaml, line \\d+: data.folder is '[^']*'; it must be the absolute path of a folder" + REMEDY);
  }

  @Test
  void damagedConfigurationsNameTheKeyAndTheRemedy() throws IOException {
    String good =
        Experiments.write(new RunConfig(Experiments.find("fmnist_cnn-sgd"), 10, null, null, null, 5, null, ENVIRONMENT));
    String where = folder.resolve("record.yaml") + ", line ";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(good.replaceFirst("(?s)experiment:\n.*classes", "experiment: null\nclasses"),
            RunConfig.class))
        .withMessageMatching(where + "1: key 'experiment' is empty; it must be a section of the keys: n.*" + REMEDY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(good.replace("classes: 10", "classes: 1"), RunConfig.class))
        .withMessageMatching(where + "\\d+: classes is 1; it must be at least 2" + REMEDY);
    for (String limit : List.of("0", "-1")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> read(good.replace("limitTrain: 5", "limitTrain: " + limit), RunConfig.class))
          .withMessageMatching(
              where + "\\d+: limitTrain is " + limit + "; it must be at least 1, or null for all" + REMEDY);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> read(good.replace("limitTest: null", "limitTest: " + limit), RunConfig.class))
          .withMessageMatching(
              where + "\\d+: limitTest is " + limit + "; it must be at least 1, or null for all" + REMEDY);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(good.replace("classes: 10", "classes:"), RunConfig.class))
        .withMessageMatching(where + "\\d+: key 'classes' is empty; give it a value, or leave it out" + REMEDY);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(good.replaceFirst("(?s)environment:\n.*", "environment:\n"), RunConfig.class))
        .withMessageMatching(where + "\\d+: key 'environment' is empty; it must be a section of keys" + REMEDY);
  }
}
