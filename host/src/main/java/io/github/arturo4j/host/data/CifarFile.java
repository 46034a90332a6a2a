// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.host.io.FileKind;
import io.github.arturo4j.models.layer.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * A file in the binary format of CIFAR (https://www.cs.toronto.edu/~kriz/cifar.html): records of the labels, a byte
 * each, and the pixels of an image, a byte each, row by row, first all red ones, then the green, then the blue.
 *
 * @param path where it is
 * @param labels labels of a record; the last counts: 1 as CIFAR-10, or 2 as CIFAR-100, whose first is the superclass
 * @param count number of records
 */
record CifarFile(Path path, int labels, long count) {
  /** Shape of each image. */
  static final Shape SHAPE = new Shape(3, 32, 32);

  /**
   * Opens a file.
   *
   * @param contents says what mends it
   * @throws DataException if it is missing, empty, or does not end at the end of a record
   */
  static CifarFile open(Path path, int labels, Contents contents) {
    int record = labels + SHAPE.size();
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new DataException(
          "'" + path + "' is missing; " + FolderListing.of(path.getParent())
              + ": put it there, or name another folder with --data");
    }
    long bytes;
    try {
      bytes = Files.size(path);
    } catch (IOException e) {
      throw DataException.unreadable(path, e);
    }
    if (!Files.isRegularFile(path)) {
      String what = Files.isDirectory(path) ? "a folder" : "a pipe or a device";
      throw new DataException("'" + path + "' is " + what + ", no file; put the file of that name in its place");
    }
    if (bytes == 0 || bytes % record != 0) {
      FileKind kind = FileKind.of(path).orElse(null);
      if (kind != null) {
        throw new DataException("'" + path + "' is " + kind.words() + "; " + contents.remedy(kind.remedy()));
      }
      throw new DataException(
          "'%s' has %,d bytes: %,d records of %,d (labels: %d, pixels: %s) and %,d bytes more; %s"
              .formatted(
                  path, bytes, bytes / record, record, labels, SHAPE, bytes % record,
                  contents.remedy(
                      bytes == 0
                          ? "fetch or write it anew"
                          : "fetch or write it anew if it was cut short; images of another size must be resized")));
    }
    return new CifarFile(path, labels, bytes / record);
  }

  /**
   * Reads all records.
   *
   * @param pixels gets the images, [n, 3, 32, 32]
   * @param classes gets a label for each image, [n]
   * @param first where the first record goes
   * @throws DataException if it cannot be read
   */
  void read(byte[] pixels, byte[] classes, int first) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      for (int i = first; i < first + count; i++) {
        byte[] label = in.readNBytes(labels);
        int read = in.readNBytes(pixels, i * SHAPE.size(), SHAPE.size());
        if (read < SHAPE.size()) {
          throw new DataException("'" + path + "' was cut short while it was read; start again when it is whole");
        }
        classes[i] = label[labels - 1];
      }
    } catch (IOException e) {
      throw DataException.unreadable(path, e);
    }
  }
}
