// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * CIFAR-10 and CIFAR-100 (Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009): 50,000 training
 * and 10,000 test images of 32×32 coloured pixels in 10 or 100 classes. Addresses and checksums are those of
 * https://www.cs.toronto.edu/~kriz/cifar.html.
 */
enum Cifar {
  CIFAR_10(
      "cifar-10", "c32a1d4ab5d03f1284b67883e8d87530",
      List.of("data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin",
          "test_batch.bin")),
  CIFAR_100("cifar-100", "03b5dce01913d631647c71ecec9e9cb8", List.of("train.bin", "test.bin"));

  private static final URI ADDRESS = URI.create("https://www.cs.toronto.edu/~kriz/");

  private final String dataset;
  private final String md5;
  private final List<String> files;

  Cifar(String dataset, String md5, List<String> files) {
    this.dataset = dataset;
    this.md5 = md5;
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

  /** The folder with its files: the cache, where they are fetched to if need be. */
  Path folder(Path cache) {
    return fetch(cache, ADDRESS, md5);
  }

  /** Fetches what is missing from an archive with that MD5; the folder. */
  Path fetch(Path folder, URI address, String archiveMd5) {
    String archive = dataset + "-binary.tar.gz";
    String remedy =
        "; put that archive's files " + files.getFirst() + " to " + files.getLast()
            + " into a folder and name it with --data";
    new Download(folder, remedy)
        .archive(address.resolve(archive), new Checksum("MD5", archiveMd5, false), files);
    return folder;
  }
}
