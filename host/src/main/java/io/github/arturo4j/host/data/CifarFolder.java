// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder as CIFAR-10's, with {@code data_batch_1.bin} and so on, and {@code test_batch.bin}, or as CIFAR-100's, with
 * {@code train.bin} and {@code test.bin}.
 */
final class CifarFolder implements LabelledImages {
  private static final String BATCH = "data_batch_";
  private static final String BIN = ".bin";
  private static final String TEST_BATCH = "test_batch.bin";
  private static final String TRAIN = "train.bin";
  private static final String TEST = "test.bin";
  private static final int MAX_IMAGES = (Integer.MAX_VALUE - 16) / CifarFile.SHAPE.size();

  private final Path folder;
  private final Contents contents;

  /**
   * In that folder, for images of that shape.
   *
   * @throws DataException if the shape is another one
   */
  CifarFolder(Path folder, Shape shape, Contents contents) {
    this.folder = folder;
    this.contents = contents;
    Datasets.checkShape(folder, CifarFile.SHAPE, shape);
  }

  /**
   * The folder with such images: the given one, or one that unpacking an archive has made in it, the named data set's
   * first; null if there is none.
   */
  static Path find(Path folder, String dataset) {
    Stream<Path> unpacked =
        Stream.of(Cifar.values())
            .sorted(Comparator.comparing(cifar -> !cifar.dataset().equals(dataset)))
            .map(cifar -> folder.resolve(cifar.unpacked()));
    return Stream.concat(Stream.of(folder), unpacked).filter(CifarFolder::holdsImages).findFirst().orElse(null);
  }

  private static boolean holdsImages(Path folder) {
    return Stream.of(TRAIN, TEST, TEST_BATCH).anyMatch(name -> isThere(folder.resolve(name)))
        || !batches(folder).isEmpty();
  }

  /** Also of a link that leads nowhere: reading it says so. */
  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** The names of the files, for a message. */
  static String names() {
    return BATCH + "1.bin and so on with " + TEST_BATCH + ", or " + TRAIN + " with " + TEST;
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
      throw DataException.unreadableFolder(folder, e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public ImageSet train() {
    List<CifarFile> files = new ArrayList<>();
    if (isFine()) {
      files.add(CifarFile.open(folder.resolve(TRAIN), 2, contents));
    } else {
      for (Path batch : ownBatches()) {
        files.add(CifarFile.open(batch, 1, contents));
      }
    }
    if (files.isEmpty()) {
      throw new DataException(
          "'" + folder + "' has neither " + BATCH + "1.bin nor " + TRAIN + "; " + FolderListing.of(folder)
              + ": put one of them there, or name another folder with --data");
    }
    files.forEach(file -> contents.checkTraining(file.path(), file.count()));
    byte[] labels = new byte[count(files, "training")];
    byte[] pixels = read(files, labels);
    List<Labels.Part> parts = files.stream().map(file -> new Labels.Part(file.path(), (int) file.count())).toList();
    return images(pixels, labels, contents.classes(new Labels(labels, parts, folder)));
  }

  @Override
  public ImageSet test(int classes) {
    CifarFile file =
        isFine()
            ? CifarFile.open(folder.resolve(TEST), 2, contents)
            : CifarFile.open(folder.resolve(TEST_BATCH), 1, contents);
    contents.checkTest(file.path(), file.count());
    byte[] labels = new byte[count(List.of(file), "test")];
    byte[] pixels = read(List.of(file), labels);
    contents.checkTest(Labels.of(labels, file.path()), classes);
    return images(pixels, labels, classes);
  }

  /** Images of these files together, which are those for {@code use}. */
  private int count(List<CifarFile> files, String use) {
    long count = files.stream().mapToLong(CifarFile::count).sum(); // of 1/3,000 of what a long of bytes counts
    if (count > MAX_IMAGES) {
      throw new DataException(
          "'%s' has %,d %s images, too many for one array; leave out those beyond %,d"
              .formatted(folder, count, use, MAX_IMAGES));
    }
    return (int) count;
  }

  private List<Path> ownBatches() {
    return batches(folder).stream().filter(contents::includes).toList();
  }

  private boolean has(String name) {
    Path file = folder.resolve(name);
    return contents.includes(file) && isThere(file);
  }

  /** Whether the files are CIFAR-100's, with fine labels behind coarse ones. */
  private boolean isFine() {
    boolean fine = has(TRAIN) || has(TEST);
    if (fine && (has(TEST_BATCH) || !ownBatches().isEmpty())) {
      throw new DataException(
          "'" + folder + "' has files as CIFAR-10's (" + BATCH + "*.bin, " + TEST_BATCH + ") and as CIFAR-100's ("
              + TRAIN + ", " + TEST + "); move those of one format into a folder of their own");
    }
    return fine;
  }

  private static byte[] read(List<CifarFile> files, byte[] labels) {
    byte[] pixels = new byte[labels.length * CifarFile.SHAPE.size()];
    int first = 0;
    for (CifarFile file : files) {
      file.read(pixels, labels, first);
      first += (int) file.count();
    }
    return pixels;
  }

  private static ImageSet images(byte[] pixels, byte[] labels, int classes) {
    Shape s = CifarFile.SHAPE;
    return new ImageSet(pixels, labels, labels.length, s.channels(), s.height(), s.width(), classes);
  }
}
