// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.data.Crc32c;
import io.github.arturo4j.models.data.Examples;
import io.github.arturo4j.models.data.Features;
import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All images of a folder, in its order, but for those that cannot be read. */
class ImageLoaderTest {
  private static final ImageDecoder GREY = new ImageDecoder(1, ImageSize.cropped(2));

  @TempDir Path folder;
  private final List<String> told = new ArrayList<>();

  /** A folder of images whose every pixel is their number. */
  private void write(String name, int from, int count) throws IOException {
    Path of = Files.createDirectories(folder.resolve(name));
    for (int n = from; n < from + count; n++) {
      BufferedImage image = new BufferedImage(3, 4, BufferedImage.TYPE_BYTE_GRAY);
      for (int i = 0; i < 12; i++) {
        image.getRaster().setSample(i % 3, i / 3, 0, n);
      }
      ImageIO.write(image, "png", of.resolve("%03d.png".formatted(n)).toFile());
    }
  }

  private ImageSet load(ImageDecoder decoder) {
    LoadedImages loaded = ImageLoader.load(ImageFolder.list(folder, told::add), decoder, told::add);
    ImageSet images = (ImageSet) loaded.examples();
    assertThat(loaded.files().labels()).isEqualTo(images.labels());
    return images;
  }

  private void refused(String line, Runnable action) {
    assertThatExceptionOfType(DataException.class).isThrownBy(action::run).withMessage(line);
  }

  @Test
  void imagesAreInTheOrderOfClassAndPath() throws IOException {
    write("b", 0, 100);
    write("a", 100, 120);
    ImageSet images = load(new ImageDecoder(3, ImageSize.exactly(2, 5)));
    assertThat(images.count()).isEqualTo(220);
    assertThat(images.shape()).isEqualTo(new Shape(3, 2, 5));
    assertThat(images.classes()).isEqualTo(2);
    for (int i = 0; i < 220; i++) {
      assertThat(images.labels()[i]).isEqualTo(i < 120 ? 0 : 1);
      for (int p = 0; p < 30; p++) {
        assertThat(images.pixels()[i * 30 + p] & 0xff).isEqualTo(i < 120 ? 100 + i : i - 120);
      }
    }
    assertThat(told).isEmpty();
  }

  @Test
  void aFewThatCannotBeReadAreNamedAndLeftOut() throws IOException {
    write("a", 0, 20);
    write("b", 20, 10);
    Files.write(folder.resolve("a/003.png"), new byte[0]);
    Files.write(folder.resolve("a/019.png"), "<html>".getBytes());
    Files.delete(folder.resolve("b/020.png"));
    Files.createSymbolicLink(folder.resolve("b/020.png"), folder.resolve("nowhere"));
    ImageSet images = load(GREY);
    assertThat(told)
        .containsExactly("skipped 3 of 30 files of '" + folder + "' that are no readable images: a/003.png (empty), a/019.png (a web"
            + " page in place of the file), b/020.png (it is a link to a file that is not there)");
    assertThat(images.count()).isEqualTo(27);
    assertThat(images.pixels()).hasSize(108);
    List<Integer> wanted = new ArrayList<>(List.of(0, 1, 2, 4));
    for (int n = 5; n < 30; n++) {
      wanted.add(n);
    }
    wanted.removeAll(List.of(19, 20));
    for (int i = 0; i < 27; i++) {
      assertThat(images.pixels()[4 * i + 3]).isEqualTo(wanted.get(i).byteValue());
      assertThat(images.labels()[i]).isEqualTo(wanted.get(i) < 20 ? 0 : 1);
    }
  }

  /** The same images, the broken one left out, and no pixel of them in memory. */
  @Test
  void streamedImagesAreTheSame() throws IOException {
    write("a", 0, 20);
    write("b", 20, 10);
    Files.write(folder.resolve("a/003.png"), new byte[0]);
    ImageSet images = load(GREY);
    ImageFolder listed = ImageFolder.list(folder, told::add);
    Examples streamed = ImageLoader.stream(listed, GREY, told::add).examples();
    assertThat(told).hasSize(2);
    assertThat(told.get(1)).isEqualTo(told.get(0)).contains("skipped 1 of 30");
    assertThat(streamed.features()).isInstanceOf(Features.Streamed.class);
    assertThat(((Targets.Classes) streamed.targets()).labels()).isEqualTo(images.labels());
    assertThat(streamed.features().read(28, 3, 0)).usingRecursiveComparison().isEqualTo(images.features().read(28, 3, 0));
    assertThat(Crc32c.of(streamed.features())).isEqualTo(Crc32c.of(images.features()));
    String remedy = "; put it back as it was, and begin or resume again";
    Path changed = folder.resolve("a/000.png");
    Files.copy(folder.resolve("b/020.png"), changed, StandardCopyOption.REPLACE_EXISTING);
    refused("'" + changed + "' is another image than it was when it was read at first" + remedy,
        () -> streamed.features().read(4, 0));
    Files.delete(changed);
    refused("'" + changed + "' is no readable image any more (there is no such file)" + remedy,
        () -> streamed.features().read(0));
  }

  @Test
  void manyThatCannotBeReadAreRefused() throws IOException {
    write("a", 0, 30);
    write("b", 30, 10);
    Files.write(folder.resolve("a/000.png"), new byte[0]);
    for (int n = 31; n < 40; n++) {
      Files.write(folder.resolve("b/%03d.png".formatted(n)), new byte[] {1});
    }
    refused("9 of the 10 files of class 'b' in '" + folder + "' are no readable images, more than a tenth: "
        + "b/031.png (no image: it begins with the bytes 01), b/032.png (no image: it begins with the bytes 01), "
        + "b/033.png (no image: it begins with the bytes 01), b/034.png (no image: it begins with the bytes 01), "
        + "b/035.png (no image: it begins with the bytes 01) and 4 more; mend them or take them away", () -> load(GREY));
    assertThat(told).isEmpty();
  }

  @Test
  void whatDoesNotFitIntoMemoryIsRefusedBeforeAFileIsRead() {
    ImageFolder.Entry entry = new ImageFolder.Entry(folder.resolve("none.png"), 0);
    ImageFolder many = new ImageFolder(folder, List.of("a"), Collections.nCopies(1_000_000, entry));
    refused("the 1,000,000 images of '" + folder + "' are 140.2 GiB at 3×224×224, and 2 GiB can be kept in memory; let them be"
        + " streamed (stream: true), or choose a size of at most 26×26",
        () -> ImageLoader.load(many, new ImageDecoder(3, ImageSize.cropped(224)), told::add));
  }
}
