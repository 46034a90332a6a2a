// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.arturo4j.host.experiment.Difference;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.Printable;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a run's files were written by: only with the same experiment, images and initial weights does a training go on as
 * it would have. Compared are values, never the text in which a file tells them.
 *
 * @param experiment what was trained, and how; its number of epochs may grow
 * @param weights SHA-256 of the file of initial weights; null for random ones
 * @param images the training images
 * @param versions what it began with, see {@link Versions#environment}; other ones do not keep a training from going on
 */
public record Provenance(
    Experiment experiment,
    @JsonInclude(JsonInclude.Include.NON_NULL) String weights,
    Fingerprint images,
    Map<String, String> versions) {
  /** Key of the metadata under which a file tells it. */
  static final String KEY = "provenance";

  /** Keys of the metadata under which files of earlier versions tell it. */
  private static final String EARLIER_SETTINGS = "settings";

  private static final String EARLIER_IMAGES = "images";
  private static final String EARLIER_WEIGHTS = "weights: ";

  /** What may change in a training that is gone on with. */
  private static final String EPOCHS = "epochs";
  private static final String PATIENCE = "patience";
  private static final String TRAIN_EVALUATION = "trainEvaluation";
  private static final String EVALUATE_AT = "evaluateAt";

  /** Where data are; what they are, their fingerprint tells. */
  private static final String PATH = "path";
  private static final String STREAM = "stream";

  /** Of a training with that configuration on those images. */
  public static Provenance of(RunConfig config, Fingerprint images) {
    return new Provenance(
        config.experiment(), config.weights() == null ? null : config.weights().sha256(), images,
        config.environment());
  }

  /** As a file's metadata tell it. */
  String text() {
    return Experiments.write(this);
  }

  /**
   * The one that a file's metadata tell.
   *
   * @return nothing if they tell none
   * @throws InputException if what they tell is none; one line, without the file's name
   */
  static Optional<Provenance> of(Map<String, String> metadata) {
    String text = metadata.get(KEY);
    if (text != null) {
      return Optional.of(parse(text, KEY, Provenance.class));
    }
    String settings = metadata.get(EARLIER_SETTINGS);
    return settings == null ? Optional.empty() : Optional.of(earlier(settings, metadata.get(EARLIER_IMAGES)));
  }

  private static Provenance earlier(String settings, String images) {
    if (images == null) {
      throw new InputException("it has no '" + EARLIER_IMAGES + "'");
    }
    String experiment =
        settings.lines().filter(line -> !line.startsWith(EARLIER_WEIGHTS)).collect(Collectors.joining("\n"));
    Optional<String> weights =
        settings.lines()
            .filter(line -> line.startsWith(EARLIER_WEIGHTS))
            .map(line -> line.substring(EARLIER_WEIGHTS.length()))
            .findFirst();
    return new Provenance(
        parse(experiment + "\n" + EPOCHS + ": 1\n", EARLIER_SETTINGS, Experiment.class),
        weights.orElse(null), Fingerprint.parse(images), Map.of());
  }

  private static <T> T parse(String text, String key, Class<T> type) {
    try {
      return Experiments.parse(text, key, type);
    } catch (IllegalArgumentException e) {
      throw new InputException("its '" + key + "' is none that a training writes", e);
    }
  }

  /**
   * Checks that a file was written in a training like this.
   *
   * @param found what the file tells
   * @throws InputException if it was not; one line that names the file
   */
  void check(Path file, Provenance found) {
    checkSettings(file, found);
    if (!found.images.equals(images)) {
      throw new InputException(
          "'%s' was written in a training on %s, but there are %s; give the same data set with --data"
              .formatted(file, found.images, images));
    }
  }

  /** The same, but for the images. */
  void checkSettings(Path file, Provenance found) {
    settingsDifference(found)
        .ifPresent(
            difference -> {
              throw new InputException(
                  Printable.of(
                      "'%s' was written with other settings than those in config.yaml: %s; put back the file that belongs"
                          .formatted(file, difference) + " to the other"));
            });
  }

  private Optional<Difference> settingsDifference(Provenance found) {
    return Difference.between(found.experiment, experiment, Set.of(EPOCHS, PATIENCE, TRAIN_EVALUATION, EVALUATE_AT, PATH, STREAM))
        .or(() -> Difference.ofValues("weights", found.weights, weights));
  }
}
