// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.models.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds the data set that an experiment names, or the user's own in its place. */
public final class Datasets {
  private Datasets() {}

  /** Every name {@link #locate} takes. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    names.add(FashionMnist.NAME);
    for (Cifar cifar : Cifar.values()) {
      names.add(cifar.dataset());
    }
    return names;
  }

  /**
   * Finds the files of a data set: in {@code data} if it is not null, where they may be the user's own in either
   * format, else in the usual places, else in the user's cache, where they are fetched to if need be.
   *
   * @param name one of {@link #names}
   * @param image shape of the images that the network takes
   * @throws DataException if there is no such folder, or the files can be neither found nor fetched
   */
  public static Dataset locate(String name, Path data, Shape image) {
    boolean idx = name.equals(FashionMnist.NAME);
    Path folder = data;
    if (data == null) {
      folder = idx ? FashionMnist.folder(cache(name)) : Cifar.of(name).folder(cache(name));
    } else if (!Files.isDirectory(data)) {
      throw new DataException("--data '" + data + "' is no folder; name the one with the data set's files");
    } else if (idx ? !IdxFolder.isOne(data) && CifarFolder.isOne(data)
        : !CifarFolder.isOne(data) && IdxFolder.isOne(data)) {
      idx = !idx;
    }
    return idx ? new IdxFolder(folder, image) : new CifarFolder(folder, image);
  }

  private static Path cache(String name) {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base = cache == null || cache.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    return base.resolve("arturo4j").resolve(name);
  }

  /** Throws if the images of a file are not what a network takes. */
  static void checkShape(Path file, Shape found, Shape wanted) {
    if (!found.equals(wanted)) {
      throw new DataException(
          "the images of '" + file + "' are " + found + ", but the network takes " + wanted
              + "; choose an experiment for such images, or another folder with --data");
    }
  }
}
