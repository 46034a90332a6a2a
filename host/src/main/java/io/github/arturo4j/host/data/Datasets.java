// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.host.io.CacheFolder;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.zoo.ModelZoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

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

  /** The shape of the images of one of these. */
  public static Shape shape(String name) {
    return name.equals(FashionMnist.NAME) ? FashionMnist.SHAPE : CifarFile.SHAPE;
  }

  /** The classes of one of these. */
  public static int classes(String name) {
    return name.equals(FashionMnist.NAME) ? FashionMnist.CLASSES : Cifar.of(name).classes();
  }

  /**
   * Finds the files of a data set: in {@code data} if it is not null, where they may be the user's own in either
   * format, else in the usual places, else in the user's cache, where they are fetched to if need be.
   *
   * @param name one of {@link #names}
   * @param image shape of the images that the network takes; null for any
   * @param tell gets the lines for the user, now and when images are read: where a download comes from, warnings
   * @throws DataException if there is no such folder, or the files can be neither found nor fetched
   */
  public static LabelledImages locate(String name, Path data, Shape image, Consumer<String> tell) {
    boolean grey = name.equals(FashionMnist.NAME);
    if (data == null) {
      return grey
          ? FashionMnist.locate(CacheFolder.of(name), image, tell)
          : Cifar.of(name).locate(CacheFolder.of(name), image, tell);
    }
    checkFolder(data);
    Contents own = new OwnImages(tell);
    Path cifar = CifarFolder.find(data, name);
    if (IdxFolder.isOne(data) && (grey || cifar == null)) {
      return new IdxFolder(data, image, own);
    }
    if (cifar == null) {
      throw noImages(data);
    }
    return new CifarFolder(cifar, image, own);
  }

  private static void checkFolder(Path data) {
    if (Files.isDirectory(data)) {
      return;
    }
    if (Files.exists(data)) {
      throw new DataException(
          "--data '" + data + "' is a file; "
              + (data.toString().matches(".*\\.(tar|tgz|zip|tar\\..*)")
                  ? "unpack it, and name the folder with its files"
                  : "name the folder that it is in"));
    }
    Path parent = data.toAbsolutePath().getParent();
    throw new DataException(
        "--data '" + data + "': there is no such folder; name the one with the data set's files"
            + (parent != null && Files.isDirectory(parent)
                ? " (in '" + parent + "' " + FolderListing.of(parent) + ")"
                : ""));
  }

  private static DataException noImages(Path data) {
    String there = "; " + FolderListing.of(data); // before what is below: it says if the folder cannot be read
    String remedy =
        FolderListing.below(data, folder -> IdxFolder.isOne(folder) || CifarFolder.find(folder, "") != null)
            .map(folder -> ": name '" + folder + "' with --data, where there are some")
            .orElse(": name another folder with --data, or give the files these names");
    return new DataException(
        "'" + data + "' has no images in MNIST's format (" + IdxFolder.names() + ") nor in CIFAR's ("
            + CifarFolder.names() + ")" + there + remedy);
  }

  /** Throws if the images of a file are not what a network takes. */
  static void checkShape(Path file, Shape found, Shape wanted) {
    if (wanted != null && !found.equals(wanted)) {
      String others = networks(found);
      String remedy =
          others.isEmpty()
              ? "resize them to " + sizes() + ", or give a YAML file of your own another network, which take any size"
              : "choose an experiment for such images (" + others + "), or another folder with --data";
      throw new DataException(
          "the images of '" + file + "' are " + found + ", but the network takes " + wanted + "; " + remedy);
    }
  }

  /** The networks that take a shape, which the experiments are named after. */
  private static String networks(Shape shape) {
    return ModelZoo.ofPaper().stream()
        .filter(name -> ModelZoo.input(name).equals(shape))
        .collect(Collectors.joining(", "));
  }

  /** Every shape that a network takes, and for which. */
  private static String sizes() {
    return ModelZoo.ofPaper().stream()
        .map(ModelZoo::input)
        .distinct()
        .map(shape -> shape + " (for " + networks(shape) + ")")
        .collect(Collectors.joining(" or "));
  }
}
