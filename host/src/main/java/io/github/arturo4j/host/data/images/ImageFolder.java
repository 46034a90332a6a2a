// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.data.FolderListing;
import io.github.arturo4j.host.io.Printable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The image files of a folder with a folder for each class, {@code DIR/CLASS/…/NAME.png}, as torchvision's {@code
 * ImageFolder} finds them. Classes are numbered in the order of their names, by code points; the files are in the order of
 * class and path. Nothing of a file is read.
 *
 * @param folder the folder
 * @param classes names of the classes
 * @param images the files
 */
public record ImageFolder(Path folder, List<String> classes, List<Entry> images) {
  /** Keeps its own lists. */
  public ImageFolder {
    classes = List.copyOf(classes);
    images = List.copyOf(images);
  }

  /**
   * An image file.
   *
   * @param file where it is
   * @param label number of its class, from 0
   */
  public record Entry(Path file, int label) {}

  /**
   * Lists a folder. Links are followed; hidden files are left out, and others whose names do not end as an image's
   * (.jpg, .jpeg, .png, .bmp, .gif, .tif, .tiff, .webp), in capitals or not.
   *
   * @param tell gets a line about files that are left out
   * @throws DataException if it cannot be read, has no folders, or one of them has no image; one line
   */
  public static ImageFolder list(Path folder, Consumer<String> tell) {
    List<Path> folders = ClassFiles.folders(folder);
    if (folders.isEmpty()) {
      throw new DataException(
          "'" + folder + "' has no folders, one for each class of images; " + FolderListing.of(folder)
              + ": put the images of each class into a folder with the name of the class");
    }
    List<String> classes = new ArrayList<>();
    List<Entry> images = new ArrayList<>();
    ClassFiles.Ignored ignored = new ClassFiles.Ignored();
    for (Path each : folders) {
      int label = classes.size();
      List<Path> files = ClassFiles.images(each, ignored);
      if (files.isEmpty()) {
        throw new DataException(
            "the folder '" + each + "' of class '" + each.getFileName() + "' has no images ("
                + String.join(", ", ImageFormat.ENDS) + "); " + FolderListing.of(each)
                + ": put some there, or take the folder away");
      }
      files.forEach(file -> images.add(new Entry(file, label)));
      classes.add(each.getFileName().toString());
    }
    ignored.tell(folder, tell);
    return new ImageFolder(folder, classes, images);
  }

  /** Whether a folder is one with folders in it, that is, with classes. */
  static boolean isOne(Path folder) {
    return Files.isDirectory(folder) && !ClassFiles.folders(folder).isEmpty();
  }

  /** How many files there are. */
  public int count() {
    return images.size();
  }

  /** The label of each file. */
  public int[] labels() {
    return images.stream().mapToInt(Entry::label).toArray();
  }

  /** The same with these of its files, by their indices, in this order. */
  public ImageFolder select(int... indices) {
    return new ImageFolder(folder, classes, Arrays.stream(indices).mapToObj(images::get).toList());
  }

  /**
   * The same files, labelled by the classes that a network knows, of which some may have no folder here.
   *
   * @param known their names, in the order of the labels
   * @throws DataException if a folder is of none of these; one line
   */
  public ImageFolder withClasses(List<String> known) {
    for (String name : classes) {
      if (!known.contains(name)) {
        throw new DataException(
            "'" + folder + "' has a folder of class '" + name + "', which the network does not know; it knows "
                + Printable.value(String.join(", ", known)) + ": take the folder away, or train on it, too");
      }
    }
    int[] labels = classes.stream().mapToInt(known::indexOf).toArray();
    return new ImageFolder(
        folder, known, images.stream().map(image -> new Entry(image.file(), labels[image.label()])).toList());
  }

  /**
   * Checks that there are the same classes as in another folder.
   *
   * @throws DataException if not; the line names the first that is missing or one too many
   */
  public void checkClasses(ImageFolder training) {
    for (String name : training.classes) {
      if (!classes.contains(name)) {
        throw new DataException(
            "'" + folder + "' has no folder of class '" + name + "', which '" + training.folder
                + "' has; add images of it, or take the class out of both");
      }
    }
    for (String name : classes) {
      if (!training.classes.contains(name)) {
        throw new DataException(
            "'" + folder + "' has a folder of class '" + name + "', which '" + training.folder
                + "' has not; take it away, or add images of it to train on");
      }
    }
  }
}
