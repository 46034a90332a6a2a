// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import io.github.arturo4j.host.data.DataException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Image folders to train, to validate and to test with, which have the same classes: {@code DIR/train}, {@code
 * DIR/validation} or {@code DIR/val}, and {@code DIR/test}, each with a folder for each class; or one folder without such parts,
 * which is all to train on.
 *
 * @param train the training images
 * @param validation empty if there is no such part
 * @param test empty if there is no such part
 */
public record ImageParts(ImageFolder train, Optional<ImageFolder> validation, Optional<ImageFolder> test) {
  private static final String TRAIN = "train";
  private static final List<String> VALIDATION = List.of("validation", "val");
  private static final String TEST = "test";

  /**
   * Lists the parts of a folder.
   *
   * @param tell gets lines about what is left out
   * @throws DataException if a part cannot be read or has other classes, or there are fewer than two classes; one line
   */
  public static ImageParts list(Path folder, Consumer<String> tell) {
    Optional<Path> training = part(folder, TRAIN);
    ImageFolder train = ImageFolder.list(training.orElse(folder), tell);
    if (train.classes().size() < 2) {
      throw new DataException(
          "'" + train.folder() + "' has images of one class only, '" + train.classes().getFirst()
              + "'; training needs a folder for each of two classes or more");
    }
    if (training.isEmpty()) {
      return new ImageParts(train, Optional.empty(), Optional.empty());
    }
    List<Path> validation = VALIDATION.stream().flatMap(name -> part(folder, name).stream()).toList();
    if (validation.size() > 1) {
      throw new DataException(
          "'" + validation.getFirst() + "' and '" + validation.getLast()
              + "' are both there; move the wrong one out of the folder");
    }
    leftOut(folder, tell);
    return new ImageParts(
        train, validation.stream().findFirst().map(part -> like(train, part, tell)),
        part(folder, TEST).map(part -> like(train, part, tell)));
  }

  /**
   * The folder to test with.
   *
   * @return nothing if there is none
   * @throws DataException as {@link ImageFolder#list}
   */
  public static Optional<ImageFolder> test(Path folder, Consumer<String> tell) {
    return hasParts(folder) ? part(folder, TEST).map(part -> ImageFolder.list(part, tell)) : Optional.empty();
  }

  /** Whether there is a folder {@code train} with folders in it. */
  public static boolean hasParts(Path folder) {
    return part(folder, TRAIN).isPresent();
  }

  private static Optional<Path> part(Path folder, String name) {
    return Optional.of(folder.resolve(name)).filter(ImageFolder::isOne);
  }

  private static ImageFolder like(ImageFolder train, Path part, Consumer<String> tell) {
    ImageFolder listed = ImageFolder.list(part, tell);
    listed.checkClasses(train);
    return listed;
  }

  private static void leftOut(Path folder, Consumer<String> tell) {
    List<String> parts = Stream.concat(Stream.of(TRAIN, TEST), VALIDATION.stream()).toList();
    List<String> others =
        ClassFiles.folders(folder).stream().map(each -> each.getFileName().toString())
            .filter(name -> !parts.contains(name)).toList();
    if (!others.isEmpty()) {
      tell.accept(
          "left out of '" + folder + "', whose parts are train, validation or val, and test: "
              + String.join(", ", others));
    }
  }
}
