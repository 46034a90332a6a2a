// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Small trainings for tests: a table of three columns below a data root, and experiments on it. */
public final class Trainings {
  private Trainings() {}

  /** Writes the table {@code table/train.csv}; the data root. */
  public static Path data(Path root) throws IOException {
    Random random = new Random(5);
    StringBuilder text = new StringBuilder("a,b,target\n");
    for (int row = 0; row < 400; row++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      text.append("%.4f,%.4f,%s%n".formatted(a, b, a * b > 0 ? "yes" : "no"));
    }
    Files.createDirectories(root.resolve("table"));
    Files.writeString(root.resolve("table/train.csv"), text);
    return root;
  }

  /** An experiment of so many epochs. Each has three steps of a batch of 128. */
  public static String yaml(int epochs) {
    return """
        name: small
        model: [{linear: 16}, relu, {linear: outputs}]
        dataset: {name: table, path: table/train.csv, target: target}
        validation: 0.1
        epochs: %d
        batchSize: 128
        seed: 3
        optimizer: {name: arturo}
        """
        .formatted(epochs);
  }
}
