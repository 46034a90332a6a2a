// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.models.layer.Shape;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * CIFAR-10 and CIFAR-100 (Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009): 50,000 training
 * and 10,000 test images of 32×32 coloured pixels in 10 or 100 classes. Addresses and checksums are those of
 * https://www.cs.toronto.edu/~kriz/cifar.html.
 */
enum Cifar {
  CIFAR_10(
      "cifar-10", "cifar-10-batches-bin", "c32a1d4ab5d03f1284b67883e8d87530", 10, 10_000,
      List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin",
          "test_batch.bin")),
  CIFAR_100(
      "cifar-100", "cifar-100-binary", "03b5dce01913d631647c71ecec9e9cb8", 100, 50_000,
      List.of("train.bin", "test.bin"));

  private static final URI ADDRESS = URI.create("https://www.cs.toronto.edu/~kriz/");
  private static final int TEST_IMAGES = 10_000;

  /** Bytes of each of the two archives, about. */
  private static final long ARCHIVE_BYTES = 170_000_000;

  private final String dataset;
  private final String unpacked;
  private final String md5;
  private final int classes;
  private final int training;
  private final List<String> files;

  Cifar(String dataset, String unpacked, String md5, int classes, int training, List<String> files) {
    this.dataset = dataset;
    this.unpacked = unpacked;
    this.md5 = md5;
    this.classes = classes;
    this.training = training;
    this.files = files;
  }

  /** The one with a name. */
  static Cifar of(String dataset) {
    return Stream.of(values()).filter(cifar -> cifar.dataset.equals(dataset)).findFirst().orElseThrow();
  }

  /** Its name, as an experiment names it. */
  String dataset() {
    return dataset;
  }

  /** Number of its classes. */
  int classes() {
    return classes;
  }

  /** The folder in its archive, which unpacking makes. */
  String unpacked() {
    return unpacked;
  }

  /** The published images: in the cache, where they are fetched to if need be, for a network that takes such shapes. */
  LabelledImages locate(Path cache, Shape image, Consumer<String> tell) {
    Published published =
        new Published(
            dataset, Set.copyOf(files), classes, training, TEST_IMAGES,
            "delete it, and the original is fetched at the next start");
    return new CifarFolder(fetch(cache, ADDRESS, md5, tell), image, published);
  }

  /**
   * Fetches what is missing from an archive with that MD5, unless the archive was unpacked there; the folder with the
   * files.
   */
  Path fetch(Path cache, URI address, String archiveMd5, Consumer<String> tell) {
    Path inner = cache.resolve(unpacked);
    if (!holdsAll(cache) && holdsAll(inner)) {
      return inner;
    }
    String archive = dataset + "-binary.tar.gz";
    String remedy =
        "; get the archive by other means and unpack it in '" + cache + "', or name the folder with its files "
            + files.getFirst() + " to " + files.getLast() + " with --data";
    new Download(cache, remedy, tell)
        .archive(address, new PublishedFile(archive, ARCHIVE_BYTES, new Checksum("MD5", archiveMd5, 0)), files);
    return cache;
  }

  private boolean holdsAll(Path folder) {
    return files.stream().allMatch(file -> Files.exists(folder.resolve(file)));
  }
}
