// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.models.ImageSet;
import io.github.arturo4j.models.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder as CIFAR-10's, with {@code data_batch_1.bin} and so on, and {@code test_batch.bin}, or as CIFAR-100's, with
 * {@code train.bin} and {@code test.bin}; or one in which the data set's archive was unpacked.
 */
final class CifarFolder implements Dataset {
  private static final List<String> UNPACKED = List.of("cifar-10-batches-bin", "cifar-100-binary");
  private static final String BATCH = "data_batch_";
  private static final String BIN = ".bin";
  private static final String TEST_BATCH = "test_batch.bin";
  private static final String TRAIN = "train.bin";
  private static final String TEST = "test.bin";

  private final Path folder;

  /**
   * In that folder, for images of that shape.
   *
   * @throws DataException if the shape is another one
   */
  CifarFolder(Path folder, Shape shape) {
    this.folder =
        UNPACKED.stream()
            .map(folder::resolve)
            .filter(inner -> !holdsImages(folder) && holdsImages(inner))
            .findFirst()
            .orElse(folder);
    Datasets.checkShape(this.folder, CifarFile.SHAPE, shape);
  }

  /** Whether there are such images in a folder, or in one that the archive has made in it. */
  static boolean isOne(Path folder) {
    return holdsImages(folder) || UNPACKED.stream().anyMatch(inner -> holdsImages(folder.resolve(inner)));
  }

  private static boolean holdsImages(Path folder) {
    return Files.exists(folder.resolve(TRAIN)) || Files.exists(folder.resolve(TEST_BATCH))
        || Files.exists(folder.resolve(TEST)) || !batches(folder).isEmpty();
  }

  /** The files {@code data_batch_*.bin}, in the order of their numbers. */
  private static List<Path> batches(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> name(file).startsWith(BATCH) && name(file).endsWith(BIN))
          .sorted(Comparator.comparing((Path file) -> name(file).length()).thenComparing(CifarFolder::name))
          .toList();
    } catch (IOException e) {
      throw new DataException("cannot read the folder '" + folder + "': " + e.getMessage(), e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  @Override
  public ImageSet train() {
    List<CifarFile> files = new ArrayList<>();
    for (Path batch : batches(folder)) {
      files.add(CifarFile.open(batch, 1));
    }
    if (files.isEmpty()) {
      if (!Files.exists(folder.resolve(TRAIN))) {
        throw new DataException(
            "'" + folder + "' has neither " + BATCH + "1.bin nor " + TRAIN
                + "; name the data set's folder with --data");
      }
      files.add(CifarFile.open(folder.resolve(TRAIN), 2));
    }
    long count = files.stream().mapToLong(CifarFile::count).sum();
    if (count > (Integer.MAX_VALUE - 16) / CifarFile.SHAPE.size()) {
      throw new DataException("'" + folder + "' has " + count + " training images, too many for one array");
    }
    byte[] labels = new byte[(int) count];
    byte[] pixels = read(files, labels);
    return images(pixels, labels, Labels.classes(labels, folder));
  }

  @Override
  public ImageSet test(int classes) {
    Path batch = folder.resolve(TEST_BATCH);
    boolean coarse = !Files.exists(batch) && Files.exists(folder.resolve(TEST));
    CifarFile file = coarse ? CifarFile.open(folder.resolve(TEST), 2) : CifarFile.open(batch, 1);
    byte[] labels = new byte[file.count()];
    byte[] pixels = read(List.of(file), labels);
    Labels.check(labels, classes, file.path());
    return images(pixels, labels, classes);
  }

  private static byte[] read(List<CifarFile> files, byte[] labels) {
    byte[] pixels = new byte[labels.length * CifarFile.SHAPE.size()];
    int first = 0;
    for (CifarFile file : files) {
      file.read(pixels, labels, first);
      first += file.count();
    }
    return pixels;
  }

  private static ImageSet images(byte[] pixels, byte[] labels, int classes) {
    Shape s = CifarFile.SHAPE;
    return new ImageSet(pixels, labels, labels.length, s.channels(), s.height(), s.width(), classes);
  }
}
