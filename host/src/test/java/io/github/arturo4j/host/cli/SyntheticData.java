// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Writes a data set in Fashion-MNIST's format: each class a bright bar at a place of its own, and noise. */
final class SyntheticData {
  private SyntheticData() {}

  static Path write(Path folder, int train, int test) throws IOException {
    return write(folder, train, test, 10);
  }

  static Path write(Path folder, int train, int test, int classes) throws IOException {
    Files.createDirectories(folder);
    part(folder, "train", train, classes, 1);
    part(folder, "t10k", test, classes, 2);
    return folder;
  }

  private static void part(Path folder, String name, int count, int classes, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    try (DataOutputStream images = gzip(folder.resolve(name + "-images-idx3-ubyte.gz"));
        DataOutputStream labels = gzip(folder.resolve(name + "-labels-idx1-ubyte.gz"))) {
      for (int header : new int[] {0x803, count, 28, 28}) {
        images.writeInt(header);
      }
      labels.writeInt(0x801);
      labels.writeInt(count);
      for (int i = 0; i < count; i++) {
        int any = random.nextInt(classes);
        int label = i < classes ? i : any; // so that none is missing
        labels.writeByte(label);
        for (int pixel = 0; pixel < 784; pixel++) {
          boolean bar = pixel / 28 >= 2 * label + 4 && pixel / 28 < 2 * label + 6;
          images.writeByte(bar ? 200 + random.nextInt(56) : random.nextInt(60));
        }
      }
    }
  }

  private static DataOutputStream gzip(Path file) throws IOException {
    return new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(file)));
  }
}
