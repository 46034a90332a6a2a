// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.models.Shape;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file in the binary format of CIFAR (https://www.cs.toronto.edu/~kriz/cifar.html): records of the labels, a byte
 * each, and the pixels of an image, a byte each, row by row, first all red ones, then the green, then the blue.
 *
 * @param path where it is
 * @param labels labels of a record; the last counts: 1 as CIFAR-10, or 2 as CIFAR-100, whose first is the superclass
 * @param count number of records
 */
record CifarFile(Path path, int labels, int count) {
  /** Shape of each image. */
  static final Shape SHAPE = new Shape(3, 32, 32);

  /**
   * Opens a file.
   *
   * @throws DataException if it is missing, empty, or does not end at the end of a record
   */
  static CifarFile open(Path path, int labels) {
    int record = labels + SHAPE.size();
    long bytes;
    try {
      bytes = Files.size(path);
    } catch (NoSuchFileException e) {
      throw new DataException("'" + path + "' is missing; name the data set's folder with --data", e);
    } catch (IOException e) {
      throw new DataException("cannot read '" + path + "': " + Reason.of(e), e);
    }
    if (bytes == 0 || bytes % record != 0) {
      throw new DataException(
          ("'%s' has %,d bytes: %,d records of %,d (labels: %d, pixels: %s) and %,d bytes more; it is truncated or goes"
                  + " on, replace it with the original; images of another size must be resized")
              .formatted(path, bytes, bytes / record, record, labels, SHAPE, bytes % record));
    }
    return new CifarFile(path, labels, Math.toIntExact(bytes / record));
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
          throw new DataException("'" + path + "' was cut short while it was read; replace it with the original");
        }
        classes[i] = label[labels - 1];
      }
    } catch (IOException e) {
      throw new DataException("cannot read '" + path + "': " + Reason.of(e), e);
    }
  }
}
