// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import io.github.arturo4j.host.data.DataException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Decodes each image of a folder once, on all processors, and finds which cannot be read. */
final class ReadableImages {
  private static final int SHOWN = 5;

  /** Of ten files of a class, more than one is too many. */
  private static final int OF_FILES = 10;

  private final ImageFolder folder;
  private final String[] faults;

  private ReadableImages(ImageFolder folder) {
    this.folder = folder;
    faults = new String[folder.count()];
  }

  /** Decodes an image. */
  interface Decoding {
    /** That of an index. */
    void decode(int index) throws UnreadableImageException;
  }

  /**
   * The indices of the files that can be decoded.
   *
   * @param decoding is given each index; several threads call it
   * @param tell gets a line that names files that are left out
   * @throws DataException if more than a tenth of a class's files are no readable images; one line
   */
  static int[] of(ImageFolder folder, Decoding decoding, Consumer<String> tell) {
    return new ReadableImages(folder).indices(decoding, tell);
  }

  private int[] indices(Decoding decoding, Consumer<String> tell) {
    IntStream.range(0, faults.length)
        .parallel()
        .forEach(
            i -> {
              try {
                decoding.decode(i);
              } catch (UnreadableImageException e) {
                faults[i] = e.getMessage();
              }
            });
    List<Integer> broken = IntStream.range(0, faults.length).filter(i -> faults[i] != null).boxed().toList();
    if (!broken.isEmpty()) {
      check(broken);
      tell.accept(
          "skipped %,d of %,d files of '%s' that are no readable images: %s"
              .formatted(broken.size(), faults.length, folder.folder(), names(broken)));
    }
    return IntStream.range(0, faults.length).filter(i -> faults[i] == null).toArray();
  }

  private void check(List<Integer> broken) {
    int[] files = perClass(IntStream.range(0, folder.count()));
    int[] unreadable = perClass(broken.stream().mapToInt(Integer::intValue));
    for (int label = 0; label < files.length; label++) {
      if (unreadable[label] * (long) OF_FILES > files[label]) {
        int wanted = label;
        List<Integer> ofClass = broken.stream().filter(i -> folder.images().get(i).label() == wanted).toList();
        throw new DataException(
            "%,d of the %,d files of class '%s' in '%s' are no readable images, more than a tenth: %s; mend them or take them away"
                .formatted(unreadable[label], files[label], folder.classes().get(label), folder.folder(), names(ofClass)));
      }
    }
  }

  private int[] perClass(IntStream images) {
    int[] counts = new int[folder.classes().size()];
    images.forEach(i -> counts[folder.images().get(i).label()]++);
    return counts;
  }

  private String names(List<Integer> broken) {
    int more = broken.size() - SHOWN;
    return broken.stream()
            .limit(SHOWN)
            .map(i -> folder.folder().relativize(folder.images().get(i).file()) + " (" + faults[i] + ")")
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and %,d more".formatted(more) : "");
  }
}
