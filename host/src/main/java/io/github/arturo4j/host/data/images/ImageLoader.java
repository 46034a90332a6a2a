// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.ImageSet;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads all images of a folder, on all processors: into memory, or, as a {@linkplain ImageStream stream}, to see whether they
 * can be read again. The result does not depend on the number of processors: images are in the folder's order. Files that are
 * no readable images are left out and told of, if they are few.
 */
public final class ImageLoader {
  private final ImageFolder folder;
  private final ImageDecoder decoder;
  private final Consumer<String> tell;

  private ImageLoader(ImageFolder folder, ImageDecoder decoder, Consumer<String> tell) {
    this.folder = folder;
    this.decoder = decoder;
    this.tell = tell;
  }

  /**
   * The images of a folder, in memory.
   *
   * @param tell gets a line that names files that were left out
   * @throws DataException if they do not fit into memory, or more than a tenth of a class's files are no readable images;
   *     one line
   */
  public static LoadedImages load(ImageFolder folder, ImageDecoder decoder, Consumer<String> tell) {
    return new ImageLoader(folder, decoder, tell).load();
  }

  /**
   * The images of a folder, streamed: decoded anew for each step.
   *
   * @param tell gets a line that names files that were left out
   * @throws DataException if more than a tenth of a class's files are no readable images; one line
   */
  public static LoadedImages stream(ImageFolder folder, ImageDecoder decoder, Consumer<String> tell) {
    ImageStream stream = ImageStream.open(folder, decoder, tell);
    ImageFolder files = stream.folder();
    return new LoadedImages(
        Examples.of(Features.of(stream), Targets.classes(files.labels(), files.classes().size())), files);
  }

  /** Whether a folder's images are more than one array can hold. */
  public static boolean isTooLarge(ImageFolder folder, ImageDecoder decoder) {
    return bytes(folder, decoder) > Features.MAX_VALUES;
  }

  private static long bytes(ImageFolder folder, ImageDecoder decoder) {
    return (long) folder.count() * decoder.shape().size();
  }

  private LoadedImages load() {
    byte[] pixels = allocate();
    int size = decoder.shape().size();
    int[] kept =
        ReadableImages.of(folder, i -> decoder.decode(folder.images().get(i).file(), pixels, i * size), tell);
    if (kept.length == folder.count()) {
      return loaded(pixels, folder);
    }
    for (int i = 0; i < kept.length; i++) {
      System.arraycopy(pixels, kept[i] * size, pixels, i * size, size);
    }
    return loaded(Arrays.copyOf(pixels, kept.length * size), folder.select(kept));
  }

  private byte[] allocate() {
    if (isTooLarge(folder, decoder)) {
      int side = (int) Math.sqrt((double) Features.MAX_VALUES / folder.count() / decoder.channels());
      throw new DataException(
          "the %,d images of '%s' are %.1f GiB at %s, and 2 GiB can be kept in memory; let them be streamed (stream: true),"
              .formatted(folder.count(), folder.folder(), gib(), decoder.shape())
              + " or choose a size of at most %d×%d".formatted(side, side));
    }
    try {
      return new byte[(int) bytes(folder, decoder)];
    } catch (OutOfMemoryError e) {
      throw new DataException(
          "the %,d images of '%s' are %.1f GiB at %s, more than Java's memory has left; let them be streamed (stream: true), or"
              .formatted(folder.count(), folder.folder(), gib(), decoder.shape())
              + " choose a smaller size, or a larger -Xmx", e);
    }
  }

  private double gib() {
    return (double) bytes(folder, decoder) / (1 << 30);
  }

  private LoadedImages loaded(byte[] pixels, ImageFolder files) {
    return new LoadedImages(
        new ImageSet(
            pixels, files.labels(), files.count(), decoder.channels(), decoder.size().height(), decoder.size().width(),
            files.classes().size()),
        files);
  }
}
