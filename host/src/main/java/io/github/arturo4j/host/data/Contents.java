// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.nio.file.Path;

/** What is known, before they are read, of the files of a data set. Methods throw {@link DataException}. */
interface Contents {
  /** Whether a file is one of the data set; others in its folder are left alone. */
  boolean includes(Path file);

  /** Throws if a file of training images has not as many as it must have. */
  void checkTraining(Path file, long images);

  /** Throws if a file of test images has not as many as it must have. */
  void checkTest(Path file, long images);

  /** The number of classes of training labels; throws if one is not what it should be. */
  int classes(Labels training);

  /** Throws if a label of test images is not what it should be, or beyond the classes that a network was made for. */
  void checkTest(Labels labels, int networkClasses);

  /**
   * What to do with a file that is not what it should be.
   *
   * @param own what mends a file of the user's own
   */
  String remedy(String own);

  /** What the message of a label beyond a network's classes ends with. */
  static String beyondNetwork(int classes) {
    return "the network was made for " + classes + " classes, 0 to " + (classes - 1)
        + ", the labels of its training set; correct the label, or train on images of that class, too";
  }
}
