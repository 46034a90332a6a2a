// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.models.ImageSet;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Fashion-MNIST (Xiao, Rasul, Vollgraf, 2017, arXiv 1708.07747): 60,000 training and 10,000 test images of 28×28
 * grey pixels in 10 classes.
 */
public final class FashionMnist {
  private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");
  private static final int CLASSES = 10;
  private static final String TRAIN = "train";
  private static final String TEST = "t10k";

  private final Path folder;

  private FashionMnist(Path folder) {
    this.folder = folder;
  }

  /**
   * Finds the files: in {@code data} if it is not null, else where Debian's package {@code dataset-fashion-mnist} puts
   * them, else in the user's cache, where they are fetched to if need be.
   *
   * @throws DataException if there is no such folder, or they can be neither found nor fetched
   */
  public static FashionMnist locate(Path data) {
    if (data != null) {
      if (!Files.isDirectory(data)) {
        throw new DataException("--data '" + data + "' is no folder; name the one with train-images-idx3-ubyte.gz");
      }
      return new FashionMnist(data);
    }
    if (Files.exists(DEBIAN.resolve(images(TRAIN)))) {
      return new FashionMnist(DEBIAN);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base = cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return new FashionMnist(new FashionMnistDownload(base.resolve("arturo4j/fashion-mnist")).complete());
  }

  private static String images(String part) {
    return part + "-images-idx3-ubyte.gz";
  }

  /** The training set. */
  public ImageSet train() {
    return read(TRAIN);
  }

  /** The test set. */
  public ImageSet test() {
    return read(TEST);
  }

  private ImageSet read(String part) {
    Path imageFile = either(images(part));
    Path labelFile = either(part + "-labels-idx1-ubyte.gz");
    IdxFile images = IdxFile.read(imageFile, 3);
    IdxFile labels = IdxFile.read(labelFile, 1);
    int count = images.sizes()[0];
    if (labels.sizes()[0] != count) {
      throw new DataException(
          "'" + labelFile + "' has " + labels.sizes()[0] + " labels for the " + count + " images of '" + imageFile
              + "'; replace both with the originals");
    }
    for (int i = 0; i < count; i++) {
      if (labels.values()[i] < 0 || labels.values()[i] >= CLASSES) {
        throw new DataException(
            "'" + labelFile + "' has label " + (labels.values()[i] & 0xff) + " at " + i + ", not one of 0 to "
                + (CLASSES - 1) + "; replace it with the original");
      }
    }
    return new ImageSet(
        images.values(), labels.values(), count, 1, images.sizes()[1], images.sizes()[2], CLASSES);
  }

  /** The file, or, if there is none, the unpacked one beside it. */
  private Path either(String name) {
    Path packed = folder.resolve(name);
    Path plain = folder.resolve(name.substring(0, name.length() - ".gz".length()));
    return !Files.exists(packed) && Files.exists(plain) ? plain : packed;
  }
}
