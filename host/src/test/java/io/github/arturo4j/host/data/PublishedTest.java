// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Shape;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets that were published: their files are known, so whatever differs is a fault and not other images. */
class PublishedTest {
  private static final int RECORD = 3073;

  @TempDir Path cache;
  private final List<String> told = new ArrayList<>();

  private void refused(String line, Runnable action) {
    assertThatExceptionOfType(DataException.class).isThrownBy(action::run).withMessage(line);
    assertThat(told).isEmpty(); // no download either
  }

  /** A file of black images of label 0, as long as it says. */
  private static void black(Path file, long bytes) throws IOException {
    Files.createDirectories(file.getParent());
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.setLength(bytes);
    }
  }

  private static void put(Path file, long at, int value) throws IOException {
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.seek(at);
      out.write(value);
    }
  }

  private LabelledImages cifar10(Path folder) throws IOException {
    for (int i = 1; i <= 5; i++) {
      black(folder.resolve("data_batch_" + i + ".bin"), 10_000 * RECORD);
    }
    black(folder.resolve("test_batch.bin"), 10_000 * RECORD);
    return Cifar.CIFAR_10.locate(cache, CifarFile.SHAPE, told::add);
  }

  @Test
  void aWrongLabelOfCifar10DoesNotChangeTheNumberOfClasses() throws IOException {
    LabelledImages data = cifar10(cache);
    ImageSet train = data.train();
    assertThat(train.count()).isEqualTo(50_000);
    assertThat(train.classes()).isEqualTo(10); // although label 0 alone is there
    Path third = cache.resolve("data_batch_3.bin");
    put(third, 17 * RECORD, 200);
    refused("'" + third + "' has label 200 at image 17, but cifar-10 has 10 classes, 0 to 9; delete it, and the"
        + " original is fetched at the next start", data::train);
    Path test = cache.resolve("test_batch.bin");
    put(test, 9_999 * RECORD, 10);
    refused("'" + test + "' has label 10 at image 9999, but cifar-10 has 10 classes, 0 to 9; delete it, and the"
        + " original is fetched at the next start", () -> data.test(201)); // a network of more classes
    put(test, 9_999 * RECORD, 9);
    assertThat(data.test(10).count()).isEqualTo(10_000);
    refused("'" + test + "' has label 9 at image 9999, but the network was made for 4 classes, 0 to 3, the labels of"
        + " its training set; correct the label, or train on images of that class, too", () -> data.test(4));
  }

  @Test
  void filesOfOtherSizesInTheCacheAreNotCifars() throws IOException {
    LabelledImages data = cifar10(cache);
    Path second = cache.resolve("data_batch_2.bin");
    black(second, 40 * RECORD);
    refused("'" + second + "' has 40 images, but this file of cifar-10 has 10,000; delete it, and the original is"
        + " fetched at the next start; for images of your own name their folder with --data", data::train);
    black(second, 10_000 * RECORD);
    black(cache.resolve("data_batch_6.bin"), 40 * RECORD); // none of CIFAR-10's
    black(cache.resolve("train.bin"), 40 * (RECORD + 1));
    assertThat(data.train().count()).isEqualTo(50_000);
    Path test = cache.resolve("test_batch.bin");
    black(test, 10_001 * RECORD);
    refused("'" + test + "' has 10,001 images, but this file of cifar-10 has 10,000; delete it, and the original is"
        + " fetched at the next start; for images of your own name their folder with --data", () -> data.test(10));
  }

  @Test
  void anArchiveUnpackedInTheCacheIsFound() throws IOException {
    assertThat(cifar10(cache.resolve("cifar-10-batches-bin")).train().count()).isEqualTo(50_000);
    assertThat(told).isEmpty();
  }

  @Test
  void cifar100HasItsOwnSizesAndFolder() throws IOException {
    Path folder = cache.resolve("cifar-100-binary");
    black(folder.resolve("train.bin"), 50_000L * (RECORD + 1));
    black(folder.resolve("test.bin"), 100 * (RECORD + 1));
    LabelledImages data = Cifar.CIFAR_100.locate(cache, CifarFile.SHAPE, told::add);
    assertThat(data.train().classes()).isEqualTo(100);
    assertThat(data.train().count()).isEqualTo(50_000);
    refused("'" + folder.resolve("test.bin") + "' has 100 images, but this file of cifar-100 has 10,000; delete it,"
        + " and the original is fetched at the next start; for images of your own name their folder with --data",
        () -> data.test(100));
    put(folder.resolve("train.bin"), 5 * (RECORD + 1) + 1, 100);
    refused("'" + folder.resolve("train.bin") + "' has label 100 at image 5, but cifar-100 has 100 classes, 0 to 99;"
        + " delete it, and the original is fetched at the next start", data::train);
  }

  @Test
  void filesAsMnistsAreCheckedAlike() throws IOException {
    for (String part : List.of("train", "t10k")) {
      try (DataOutputStream images =
              new DataOutputStream(Files.newOutputStream(cache.resolve(part + "-images-idx3-ubyte")));
          DataOutputStream labels =
              new DataOutputStream(Files.newOutputStream(cache.resolve(part + "-labels-idx1-ubyte")))) {
        for (int word : new int[] {0x803, 3, 1, 1}) {
          images.writeInt(word);
        }
        images.write(new byte[3]);
        labels.writeInt(0x801);
        labels.writeInt(3);
        labels.write(new byte[] {0, 1, 4});
      }
    }
    Shape pixel = new Shape(1, 1, 1);
    assertThat(new IdxFolder(cache, pixel, new Published("dots", Set.of(), 5, 3, 3, "mend it")).train().classes())
        .isEqualTo(5);
    LabelledImages four = new IdxFolder(cache, pixel, new Published("dots", Set.of(), 4, 3, 3, "mend it"));
    refused("'" + cache.resolve("train-labels-idx1-ubyte")
        + "' has label 4 at image 2, but dots has 4 classes, 0 to 3; mend it", four::train);
    refused("'" + cache.resolve("t10k-labels-idx1-ubyte")
        + "' has label 4 at image 2, but dots has 4 classes, 0 to 3; mend it", () -> four.test(9));
    LabelledImages more = new IdxFolder(cache, pixel, new Published("dots", Set.of(), 5, 4, 2, "mend it"));
    refused("'" + cache.resolve("train-images-idx3-ubyte") + "' has 3 images, but this file of dots has 4; mend it;"
        + " for images of your own name their folder with --data", more::train);
    refused("'" + cache.resolve("t10k-images-idx3-ubyte") + "' has 3 images, but this file of dots has 2; mend it;"
        + " for images of your own name their folder with --data", () -> more.test(5));
  }
}
