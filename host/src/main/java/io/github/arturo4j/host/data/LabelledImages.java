// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.models.data.ImageSet;
import java.nio.file.Path;

/** Images to train on and to test with. Each call reads the files anew. */
public interface LabelledImages {
  /** Where the files are. */
  Path folder();

  /**
   * The training set, of as many classes as the published data set has; images of the user's own have as many as their
   * labels tell apart: the greatest label, and 1.
   *
   * @throws DataException if a file is missing or not what it should be, or a label is beyond these classes
   */
  ImageSet train();

  /**
   * The test set.
   *
   * @param classes number of classes of the network to test
   * @throws DataException if a file is missing or not what it should be, or a label is none of these classes
   */
  ImageSet test(int classes);
}
