// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.models.data.ImageSet;
import java.nio.file.Path;
import java.util.List;

/**
 * What a checkpoint was taken of: only with the same settings and images does a training go on as it would
 * have.
 *
 * @param settings the experiment as YAML, without the number of epochs, which may grow, and the checksum of the file of
 *     initial weights if there was one
 * @param images number and checksum of the training images
 */
public record Provenance(String settings, String images) {
  private static final String EPOCHS = "epochs:";

  /** Of a training with that configuration on those images. */
  public static Provenance of(RunConfig config, ImageSet train) {
    return new Provenance(settings(config), Fingerprint.of("training", train));
  }

  private static String settings(RunConfig config) {
    StringBuilder settings = new StringBuilder();
    Experiments.write(config.experiment())
        .lines()
        .filter(line -> !line.startsWith(EPOCHS))
        .forEach(line -> settings.append(line).append('\n'));
    if (config.weights() != null) {
      settings.append("weights: ").append(config.weights().sha256()).append('\n');
    }
    return settings.toString();
  }

  /** Throws if a checkpoint of that origin is not one of this. */
  void check(Path file, Provenance found) {
    checkSettings(file, found.settings, settings);
    if (!found.images.equals(images)) {
      throw new IllegalArgumentException(
          "'%s' was written in a training on %s, but there are %s; give the same data set with --data"
              .formatted(file, found.images, images));
    }
  }

  /** Throws if a file that was written in a run with those settings is not one of a run with that configuration. */
  static void checkSettings(Path file, String found, RunConfig config) {
    checkSettings(file, found, settings(config));
  }

  private static void checkSettings(Path file, String found, String settings) {
    if (!found.equals(settings)) {
      List<String> here = settings.lines().toList();
      List<String> there = found.lines().toList();
      int i = 0;
      while (i < here.size() && i < there.size() && here.get(i).equals(there.get(i))) {
        i++;
      }
      throw new IllegalArgumentException(
          Printable.of(
              ("'%s' was written with other settings than those in config.yaml: '%s' there, '%s' here;"
                      + " put back the file that belongs to the other")
                  .formatted(file, line(there, i), line(here, i))));
    }
  }

  private static String line(List<String> lines, int i) {
    return i < lines.size() ? lines.get(i).strip() : "";
  }
}
