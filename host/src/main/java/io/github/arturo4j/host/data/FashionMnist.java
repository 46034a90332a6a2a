// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.models.layer.Shape;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Fashion-MNIST (Xiao, Rasul, Vollgraf, 2017, arXiv 1708.07747): 60,000 training and 10,000 test images of 28×28
 * grey pixels in 10 classes.
 */
final class FashionMnist {
  /** As an experiment names it. */
  static final String NAME = "fashion-mnist";

  /** Shape of an image. */
  static final Shape SHAPE = new Shape(1, 28, 28);

  /** Number of classes. */
  static final int CLASSES = 10;

  private static final Path DEBIAN = Path.of("/usr/share/datasets/fashion-mnist");

  /** Where the files are: the authors' repository, Keras's copy, and the address of the paper, which has no HTTPS. */
  static final List<URI> ADDRESSES =
      List.of(
          URI.create("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
          URI.create("https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
          URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"));

  /** With the checksum of the unpacked content, which Debian and others have packed anew. */
  private static final List<PublishedFile> FILES =
      List.of(
          file("t10k-images-idx3-ubyte.gz", 4_422_102, 7_840_016,
              "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"),
          file("t10k-labels-idx1-ubyte.gz", 5_148, 10_008,
              "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
          file("train-images-idx3-ubyte.gz", 26_421_880, 47_040_016,
              "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"),
          file("train-labels-idx1-ubyte.gz", 29_515, 60_008,
              "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"));

  private FashionMnist() {}

  private static PublishedFile file(String name, long bytes, long unpacked, String sha256) {
    return new PublishedFile(name, bytes, new Checksum("SHA-256", sha256, unpacked));
  }

  /**
   * The published images: where Debian's package {@code dataset-fashion-mnist} puts them, else in the cache, where they
   * are fetched to if need be, for a network that takes such shapes.
   */
  static LabelledImages locate(Path cache, Shape image, Consumer<String> tell) {
    if (IdxFolder.isOne(DEBIAN)) {
      return new IdxFolder(DEBIAN, image, published("reinstall Debian's package dataset-fashion-mnist"));
    }
    return new IdxFolder(
        fetch(cache, ADDRESSES, FILES, tell), image,
        published("delete it, and the original is fetched at the next start"));
  }

  private static Published published(String remedy) {
    return new Published(
        NAME, FILES.stream().map(PublishedFile::name).collect(Collectors.toSet()), CLASSES, 60_000, 10_000, remedy);
  }

  /** Fetches what is missing of files from the first of these addresses that has it; the folder. */
  static Path fetch(Path folder, List<URI> addresses, List<PublishedFile> files, Consumer<String> tell) {
    String remedy =
        "; install Debian's package dataset-fashion-mnist, or get the file by other means and put it into '" + folder
            + "', or name a folder with the four files with --data";
    Download download = new Download(folder, remedy, tell);
    files.forEach(file -> download.file(addresses, file));
    return folder;
  }
}
