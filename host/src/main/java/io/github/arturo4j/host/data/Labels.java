// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;

/**
 * The labels of images, counted from 0, from one file or from several in turn.
 *
 * @param values unsigned, [n]
 * @param parts the files, with n labels in all
 * @param source the file or folder to name where all of them are meant
 */
record Labels(byte[] values, List<Part> parts, Path source) {
  /** A file with a number of labels. */
  record Part(Path file, int count) {}

  /** Of one file. */
  static Labels of(byte[] values, Path file) {
    return new Labels(values, List.of(new Part(file, values.length)), file);
  }

  private int get(int image) {
    return values[image] & 0xff;
  }

  /** Those that at least one image has. */
  BitSet seen() {
    BitSet seen = new BitSet(256);
    for (int i = 0; i < values.length; i++) {
      seen.set(get(i));
    }
    return seen;
  }

  /** The file of the first image with a label, and the image's number in it, from 0: {@code image 3 of 'FILE'}. */
  String first(int label) {
    int image = 0;
    while (get(image) != label) {
      image++;
    }
    Part part = part(image);
    return "image " + (image - start(part)) + " of '" + part.file + "'";
  }

  /**
   * Throws unless each label is below a number of classes.
   *
   * @param why ends the message
   */
  void check(int classes, String why) {
    for (int i = 0; i < values.length; i++) {
      if (get(i) >= classes) {
        Part part = part(i);
        throw new DataException(
            "'" + part.file + "' has label " + get(i) + " at image " + (i - start(part)) + ", but " + why);
      }
    }
  }

  private Part part(int image) {
    int end = 0;
    for (Part part : parts) {
      end += part.count;
      if (image < end) {
        return part;
      }
    }
    throw new IndexOutOfBoundsException(image);
  }

  private int start(Part wanted) {
    int start = 0;
    for (Part part : parts.subList(0, parts.indexOf(wanted))) {
      start += part.count;
    }
    return start;
  }
}
