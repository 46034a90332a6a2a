// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.host.data.text.TextExamples;
import io.github.arturo4j.host.data.text.Tokenizer;
import io.github.arturo4j.models.layer.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A text, of which each token is predicted from those before it; its end is what is held out to validate with.
 *
 * @param path the file, in UTF-8; null where the command line names it
 * @param test a file to test with; null if there is none
 * @param length tokens of an example
 * @param vocabulary tokens that there are: 256 for single bytes, more for byte pairs; null for 256
 */
public record TextDataset(
    @JsonInclude(JsonInclude.Include.NON_NULL) String path, @JsonInclude(JsonInclude.Include.NON_NULL) String test,
    int length, @JsonInclude(JsonInclude.Include.NON_NULL) Integer vocabulary) implements DatasetConfig {
  /** Its name in files. */
  public static final String NAME = "text";

  private static final int MAX_VOCABULARY = 1 << 16;

  /** Checks the values. */
  public TextDataset {
    OwnPath.check(path);
    OwnPath.check(test);
    if (length < 2) {
      throw new IllegalArgumentException("dataset.length is " + length + "; it must be at least 2");
    }
    if (vocabulary != null && (vocabulary < Tokenizer.BYTES || vocabulary > MAX_VOCABULARY)) {
      throw new IllegalArgumentException(
          "dataset.vocabulary is " + vocabulary + "; it must be between " + Tokenizer.BYTES + " and " + MAX_VOCABULARY);
    }
  }

  @Override
  public List<String> paths() {
    return Stream.of(path, test).filter(Objects::nonNull).toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  /** A text that is too short for so many tokens has fewer. */
  @Override
  public Optional<DataSchema> declared() {
    return Optional.of(
        new DataSchema(List.of(length), FeatureKind.tokens, TargetKind.classes, tokens(), null, null, null));
  }

  private int tokens() {
    return vocabulary == null ? Tokenizer.BYTES : vocabulary;
  }

  @Override
  public Dataset open(Path data, Shape image, Consumer<String> tell) {
    return new File(
        OwnPath.of(path, data, NAME), test == null ? null : OwnPath.of(test, null, NAME), length, tokens());
  }

  @Override
  public Dataset openTest(Path data, Shape image, Consumer<String> tell) {
    Path file = OwnPath.of(test, data, NAME);
    return new File(file, file, length, tokens());
  }

  private record File(Path path, Path testFile, int length, int vocabulary) implements Dataset {
    @Override
    public Path testPath() {
      return testFile;
    }

    @Override
    public Training training(Holdout holdout) {
      TextExamples text = TextExamples.read(path, vocabulary, length, holdout == null ? 0 : holdout.share());
      return new Training(
          text.train(), text.validation().orElse(null),
          DataSchema.of(text.train()).withTokens(text.tokenizer().merges()));
    }

    @Override
    public Optional<TestSet> test(DataSchema known) {
      return Optional.ofNullable(testFile)
          .map(file -> TestSet.of(TextExamples.read(file, known.tokenizer(), length, 0).train()));
    }
  }
}
