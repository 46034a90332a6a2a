// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.nio.file.Path;

/** Checks labels: unsigned bytes, counted from 0. */
final class Labels {
  private Labels() {}

  /**
   * How many classes training labels tell apart: the greatest, and 1.
   *
   * @param source the file or folder they are from
   * @throws DataException if there is only one
   */
  static int classes(byte[] labels, Path source) {
    int classes = 0;
    for (byte label : labels) {
      classes = Math.max(classes, (label & 0xff) + 1);
    }
    if (classes < 2) {
      throw new DataException(
          "'" + source + "' has label 0 only; training needs images of 2 to 256 classes, counted from 0");
    }
    return classes;
  }

  /** Throws unless each label of a file is below {@code classes}. */
  static void check(byte[] labels, int classes, Path file) {
    for (int i = 0; i < labels.length; i++) {
      if ((labels[i] & 0xff) >= classes) {
        throw new DataException(
            "'" + file + "' has label " + (labels[i] & 0xff) + " at image " + i + ", but the network was made for "
                + classes + " classes, 0 to " + (classes - 1)
                + ", the labels of its training set; correct the label, or train on images of that class, too");
      }
    }
  }
}
