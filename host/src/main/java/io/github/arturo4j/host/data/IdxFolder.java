// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.models.ImageSet;
import io.github.arturo4j.models.Shape;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder as MNIST's, in IDX format: {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, and the same
 * with {@code t10k} for {@code train}, each gzipped, with {@code .gz} behind its name, or not. Images have one channel.
 */
final class IdxFolder implements Dataset {
  private static final String TRAIN = "train";
  private static final String TEST = "t10k";
  private static final String GZIPPED = ".gz";

  private final Path folder;
  private final Shape shape;
  private final Contents contents;

  /** In that folder, with images of that shape. */
  IdxFolder(Path folder, Shape shape, Contents contents) {
    this.folder = folder;
    this.shape = shape;
    this.contents = contents;
  }

  /** Whether there are such images in a folder. */
  static boolean isOne(Path folder) {
    return Files.exists(imageFile(folder, TRAIN)) || Files.exists(imageFile(folder, TEST));
  }

  private static Path imageFile(Path folder, String part) {
    return either(folder, part + "-images-idx3-ubyte" + GZIPPED);
  }

  private Path imageFile(String part) {
    return imageFile(folder, part);
  }

  @Override
  public ImageSet train() {
    IdxFile images = images(TRAIN);
    contents.checkTraining(imageFile(TRAIN), images.sizes()[0]);
    IdxFile labels = labels(TRAIN, images);
    return set(images, labels, contents.classes(Labels.of(labels.values(), labelFile(TRAIN))));
  }

  @Override
  public ImageSet test(int classes) {
    IdxFile images = images(TEST);
    contents.checkTest(imageFile(TEST), images.sizes()[0]);
    IdxFile labels = labels(TEST, images);
    contents.checkTest(Labels.of(labels.values(), labelFile(TEST)), classes);
    return set(images, labels, classes);
  }

  private IdxFile images(String part) {
    Path file = imageFile(part);
    IdxFile images = IdxFile.read(file, 3);
    Datasets.checkShape(file, new Shape(1, images.sizes()[1], images.sizes()[2]), shape);
    return images;
  }

  private Path labelFile(String part) {
    return either(folder, part + "-labels-idx1-ubyte" + GZIPPED);
  }

  private IdxFile labels(String part, IdxFile images) {
    IdxFile labels = IdxFile.read(labelFile(part), 1);
    if (labels.sizes()[0] != images.sizes()[0]) {
      throw new DataException(
          "'" + labelFile(part) + "' has " + labels.sizes()[0] + " labels for the " + images.sizes()[0]
              + " images of '" + imageFile(part) + "'; replace both with the originals");
    }
    return labels;
  }

  private ImageSet set(IdxFile images, IdxFile labels, int classes) {
    return new ImageSet(
        images.values(), labels.values(), images.sizes()[0], shape.channels(), shape.height(), shape.width(), classes);
  }

  /** The file, or, if there is none, the unpacked one beside it. */
  private static Path either(Path folder, String name) {
    Path packed = folder.resolve(name);
    Path plain = folder.resolve(name.substring(0, name.length() - GZIPPED.length()));
    return !Files.exists(packed) && Files.exists(plain) ? plain : packed;
  }
}
