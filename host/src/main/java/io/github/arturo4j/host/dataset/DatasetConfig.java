// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.dataset;

import io.github.arturo4j.models.layer.Shape;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What an experiment says of its data. */
public interface DatasetConfig {
  /** The kind's name, or of a published set its own. */
  String name();

  /** For people: the name, and what tells it from others of its kind. */
  default String label() {
    return name();
  }

  /** What is known of the data without them: of a published set, and of a text's tokens; else nothing. */
  default Optional<DataSchema> declared() {
    return Optional.empty();
  }

  /** The files and folders that it names itself, as they stand in the file; none of a published set. */
  List<String> paths();

  /**
   * Opens the data.
   *
   * @param data where they are in place of what is said here; null for there
   * @param image shape of the images that the network takes; null for any
   * @param tell gets lines for the user: where a download comes from, warnings
   * @throws io.github.arturo4j.host.data.DataException if there are none; one line
   */
  Dataset open(Path data, Shape image, Consumer<String> tell);

  /**
   * Opens data to test with: where these are in a file of their own, that is what the path names.
   *
   * @param data where they are in place of what is said here
   */
  default Dataset openTest(Path data, Shape image, Consumer<String> tell) {
    return open(data, image, tell);
  }
}
