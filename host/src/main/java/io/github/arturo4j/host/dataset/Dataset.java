// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Split;
import java.nio.file.Path;
import java.util.Optional;

/** Examples to train on, perhaps to validate with, and to test with. Each call reads the files anew. */
public interface Dataset {
  /** Where they are. */
  Path path();

  /** Where those to test with are. */
  default Path testPath() {
    return path();
  }

  /**
   * Reads the examples to train on, and those to validate with.
   *
   * @param holdout what of the training examples is to be held out to validate with; null for nothing
   * @throws io.github.arturo4j.host.data.DataException if a file is missing or not what it should be, or the data set has
   *     examples of its own to validate with; one line
   */
  Training training(Holdout holdout);

  /**
   * Reads the examples to test with.
   *
   * @param known what the network takes and puts out
   * @return nothing if there are none
   * @throws io.github.arturo4j.host.data.DataException if a file is missing, not what it should be, or not of that schema;
   *     one line
   */
  Optional<TestSet> test(DataSchema known);

  /**
   * Examples to train on.
   *
   * @param validation to validate with; null if there are none
   */
  record Training(Examples train, Examples validation, DataSchema schema) {
    /**
     * Examples, of which some are held out to validate with.
     *
     * @param holdout which; null for none
     * @param path where they are, for messages
     * @throws io.github.arturo4j.host.data.DataException if there are too few; one line
     */
    static Training of(Examples all, DataSchema schema, Holdout holdout, Path path) {
      if (holdout == null) {
        return new Training(all, null, schema);
      }
      Split split = holdout.split(all.targets(), path);
      return new Training(all.select(split.train()), all.select(split.rest()), schema);
    }
  }
}
