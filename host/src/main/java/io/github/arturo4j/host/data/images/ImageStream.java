// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.models.data.Crc32c;
import io.github.arturo4j.models.data.FeatureSource;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.layer.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;

/** Images of a folder that are decoded when they are needed, each time anew, and always to the same pixels. */
final class ImageStream implements FeatureSource {
  private final ImageFolder folder;
  private final ImageDecoder decoder;
  private final int[] checksums;

  private ImageStream(ImageFolder folder, ImageDecoder decoder, int[] checksums) {
    this.folder = folder;
    this.decoder = decoder;
    this.checksums = checksums;
  }

  /**
   * Decodes every image once, to see whether it can be read.
   *
   * @param tell gets a line that names files that are left out
   * @throws DataException if more than a tenth of a class's files are no readable images; one line
   */
  static ImageStream open(ImageFolder folder, ImageDecoder decoder, Consumer<String> tell) {
    int[] checksums = new int[folder.count()];
    int[] kept =
        ReadableImages.of(folder, i -> checksums[i] = Crc32c.of(image(decoder, folder.images().get(i).file())), tell);
    return new ImageStream(folder.select(kept), decoder, Arrays.stream(kept).map(i -> checksums[i]).toArray());
  }

  private static Features.Bytes image(ImageDecoder decoder, Path file) throws UnreadableImageException {
    byte[] pixels = new byte[decoder.shape().size()];
    decoder.decode(file, pixels, 0);
    return new Features.Bytes(pixels, 1, decoder.shape());
  }

  /** The files that could be read. */
  ImageFolder folder() {
    return folder;
  }

  @Override
  public int count() {
    return folder.count();
  }

  @Override
  public Shape shape() {
    return decoder.shape();
  }

  @Override
  public Class<? extends Features> type() {
    return Features.Bytes.class;
  }

  /**
   * Decodes images.
   *
   * @throws DataException if a file has changed since the stream was opened; one line
   */
  @Override
  public Features read(int... indices) {
    int size = shape().size();
    byte[] pixels = new byte[Math.multiplyExact(indices.length, size)];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(read(indices[i]), 0, pixels, i * size, size);
    }
    return new Features.Bytes(pixels, indices.length, shape());
  }

  private byte[] read(int index) {
    Path file = folder.images().get(index).file();
    try {
      Features.Bytes image = image(decoder, file);
      if (Crc32c.of(image) != checksums[index]) {
        throw new DataException("'" + file + "' is another image than it was when it was read at first; " + DataException.PUT_BACK);
      }
      return image.values();
    } catch (UnreadableImageException e) {
      throw new DataException("'" + file + "' is no readable image any more (" + e.getMessage() + "); " + DataException.PUT_BACK, e);
    }
  }

  @Override
  public int crc32c(int index) {
    return checksums[index];
  }
}
