// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.ImageSet;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads all images of a folder into memory, on all processors. The result does not depend on their number: images are in the
 * folder's order. Files that are no readable images are left out and told of, if they are few.
 */
public final class ImageLoader {
  private static final int SHOWN = 5;

  /** Of ten files of a class, more than one is too many. */
  private static final int OF_FILES = 10;

  private final ImageFolder folder;
  private final ImageDecoder decoder;
  private final Consumer<String> tell;

  private ImageLoader(ImageFolder folder, ImageDecoder decoder, Consumer<String> tell) {
    this.folder = folder;
    this.decoder = decoder;
    this.tell = tell;
  }

  /**
   * The images of a folder.
   *
   * @param tell gets a line that names files that were left out
   * @throws DataException if they do not fit into memory, or more than a tenth of a class's files are no readable images;
   *     one line
   */
  public static ImageSet load(ImageFolder folder, ImageDecoder decoder, Consumer<String> tell) {
    return new ImageLoader(folder, decoder, tell).load();
  }

  private ImageSet load() {
    int count = folder.count();
    byte[] pixels = allocate();
    String[] faults = new String[count];
    int size = decoder.shape().size();
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              try {
                decoder.decode(folder.images().get(i).file(), pixels, i * size);
              } catch (UnreadableImageException e) {
                faults[i] = e.getMessage();
              }
            });
    List<Integer> broken = IntStream.range(0, count).filter(i -> faults[i] != null).boxed().toList();
    if (broken.isEmpty()) {
      return set(pixels, folder.labels());
    }
    check(broken, faults);
    tell.accept(
        "skipped %,d of %,d files of '%s' that are no readable images: %s"
            .formatted(broken.size(), count, folder.folder(), names(broken, faults)));
    int[] kept = IntStream.range(0, count).filter(i -> faults[i] == null).toArray();
    for (int i = 0; i < kept.length; i++) {
      System.arraycopy(pixels, kept[i] * size, pixels, i * size, size);
    }
    return set(Arrays.copyOf(pixels, kept.length * size), folder.select(kept).labels());
  }

  private byte[] allocate() {
    long bytes = (long) folder.count() * decoder.shape().size();
    if (bytes > Features.MAX_VALUES) {
      int side = (int) Math.sqrt((double) Features.MAX_VALUES / folder.count() / decoder.channels());
      throw new DataException(
          "the %,d images of '%s' are %.1f GiB at %s, and 2 GiB can be kept in memory; choose a size of at most %d×%d, or fewer images"
              .formatted(folder.count(), folder.folder(), gib(bytes), decoder.shape(), side, side));
    }
    try {
      return new byte[(int) bytes];
    } catch (OutOfMemoryError e) {
      throw new DataException(
          "the %,d images of '%s' are %.1f GiB at %s, more than Java's memory has left; choose a smaller size, or a larger -Xmx"
              .formatted(folder.count(), folder.folder(), gib(bytes), decoder.shape()), e);
    }
  }

  private static double gib(long bytes) {
    return (double) bytes / (1 << 30);
  }

  private ImageSet set(byte[] pixels, int[] labels) {
    return new ImageSet(
        pixels, labels, labels.length, decoder.channels(), decoder.size().height(), decoder.size().width(),
        folder.classes().size());
  }

  private void check(List<Integer> broken, String[] faults) {
    int[] files = perClass(IntStream.range(0, folder.count()));
    int[] unreadable = perClass(broken.stream().mapToInt(Integer::intValue));
    for (int label = 0; label < files.length; label++) {
      if (unreadable[label] * (long) OF_FILES > files[label]) {
        int wanted = label;
        List<Integer> ofClass = broken.stream().filter(i -> folder.images().get(i).label() == wanted).toList();
        throw new DataException(
            "%,d of the %,d files of class '%s' in '%s' are no readable images, more than a tenth: %s; mend them or take them away"
                .formatted(
                    unreadable[label], files[label], folder.classes().get(label), folder.folder(), names(ofClass, faults)));
      }
    }
  }

  private int[] perClass(IntStream images) {
    int[] counts = new int[folder.classes().size()];
    images.forEach(i -> counts[folder.images().get(i).label()]++);
    return counts;
  }

  private String names(List<Integer> broken, String[] faults) {
    int more = broken.size() - SHOWN;
    return broken.stream()
            .limit(SHOWN)
            .map(i -> folder.folder().relativize(folder.images().get(i).file()) + " (" + faults[i] + ")")
            .collect(Collectors.joining(", "))
        + (more > 0 ? " and %,d more".formatted(more) : "");
  }
}
