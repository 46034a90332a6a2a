// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Shape;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder as MNIST's, in IDX format: {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, and the same
 * with {@code t10k} for {@code train}, each gzipped, with {@code .gz} behind its name, or not. Images have one channel.
 */
final class IdxFolder implements LabelledImages {
  private static final String TRAIN = "train";
  private static final String TEST = "t10k";
  private static final String GZIPPED = ".gz";

  private final Path folder;
  private final Shape shape;
  private final Contents contents;

  /** In that folder, with images of that shape; null for any. */
  IdxFolder(Path folder, Shape shape, Contents contents) {
    this.folder = folder;
    this.shape = shape;
    this.contents = contents;
  }

  /** Whether there are such images in a folder. */
  static boolean isOne(Path folder) {
    return Stream.of(images(TRAIN), images(TEST))
        .anyMatch(name -> isThere(folder.resolve(name)) || isThere(folder.resolve(name + GZIPPED)));
  }

  /** Also of a link that leads nowhere: reading it says so. */
  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** The names of the files, for a message. */
  static String names() {
    return Stream.of(images(TRAIN), labels(TRAIN), images(TEST), labels(TEST)).collect(Collectors.joining(", "))
        + ", each with " + GZIPPED + " behind it or not";
  }

  private static String images(String part) {
    return part + "-images-idx3-ubyte";
  }

  private static String labels(String part) {
    return part + "-labels-idx1-ubyte";
  }

  /** A file that was read. */
  private record Read(Path path, IdxFile content) {
    int count() {
      return content.sizes()[0];
    }
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public ImageSet train() {
    Read images = readImages(TRAIN);
    contents.checkTraining(images.path, images.count());
    Read labels = readLabels(TRAIN, images);
    return set(images, labels, contents.classes(Labels.of(labels.content.values(), labels.path)));
  }

  @Override
  public ImageSet test(int classes) {
    Read images = readImages(TEST);
    contents.checkTest(images.path, images.count());
    Read labels = readLabels(TEST, images);
    contents.checkTest(Labels.of(labels.content.values(), labels.path), classes);
    return set(images, labels, classes);
  }

  private Read readImages(String part) {
    Read images = read(images(part), 3);
    int[] sizes = images.content.sizes();
    Datasets.checkShape(images.path, new Shape(1, sizes[1], sizes[2]), shape);
    return images;
  }

  private Read readLabels(String part, Read images) {
    Read labels = read(labels(part), 1);
    if (labels.count() != images.count()) {
      throw new DataException(
          "'%s' has %,d labels for the %,d images of '%s'; %s"
              .formatted(
                  labels.path, labels.count(), images.count(), images.path,
                  contents.remedy("give each image one label")));
    }
    return labels;
  }

  private ImageSet set(Read images, Read labels, int classes) {
    int[] sizes = images.content.sizes();
    return new ImageSet(
        images.content.values(), labels.content.values(), images.count(), 1, sizes[1], sizes[2], classes);
  }

  /** Reads a file, plain or gzipped; if there are both, they hold the same. */
  private Read read(String name, int dimensions) {
    Path packed = folder.resolve(name + GZIPPED);
    Path plain = folder.resolve(name);
    if (!isThere(packed) && !isThere(plain)) {
      throw new DataException(
          "'" + packed + "' is missing, and '" + plain.getFileName() + "' too; " + FolderListing.of(folder)
              + ": put it there, or name another folder with --data");
    }
    Path file = isThere(plain) ? plain : packed;
    IdxFile content = IdxFile.read(file, dimensions, contents);
    if (file == plain && isThere(packed) && !content.sameAs(IdxFile.read(packed, dimensions, contents))) {
      throw new DataException(
          "'" + plain + "' and '" + packed + "' are both there, and differ; move the wrong one out of the folder");
    }
    return new Read(file, content);
  }
}
