// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Writes small files in CIFAR's binary format: each class bright in a colour at a place of its own, and noise. */
public final class CifarFiles {
  private CifarFiles() {}

  /** A folder as CIFAR-10's: two training files and a test file. */
  public static Path cifar10(Path folder, int train, int test, int classes) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("data_batch_1.bin"), records(train / 2, 1, classes, 1));
    Files.write(folder.resolve("data_batch_2.bin"), records(train - train / 2, 1, classes, 2));
    Files.write(folder.resolve("test_batch.bin"), records(test, 1, classes, 3));
    return folder;
  }

  /** A folder as CIFAR-100's. */
  public static Path cifar100(Path folder, int train, int test, int classes) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("train.bin"), records(train, 2, classes, 1));
    Files.write(folder.resolve("test.bin"), records(test, 2, classes, 3));
    return folder;
  }

  /** Records of labels and pixels; the first ones have the classes in their order, so that none is missing. */
  static byte[] records(int count, int labels, int classes, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int n = 0; n < count; n++) {
      int label = n < classes ? n : random.nextInt(classes);
      if (labels == 2) {
        out.write(label / 5); // the superclass
      }
      out.write(label);
      for (int channel = 0; channel < 3; channel++) {
        for (int pixel = 0; pixel < 1024; pixel++) {
          boolean bright = channel == label % 3 && pixel / 256 == label / 3 % 4;
          out.write(random.nextInt(60) + (bright ? 180 : 0));
        }
      }
    }
    return out.toByteArray();
  }

  /** A gzipped tar archive of files, as {@code tar --format=ustar} writes it, with the folder they are in. */
  static byte[] tarGz(String folder, Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream tar = new GZIPOutputStream(out)) {
      tar.write(header(folder + "/", 0, '5'));
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        byte[] content = file.getValue();
        tar.write(header(folder + "/" + file.getKey(), content.length, '0'));
        tar.write(content);
        tar.write(new byte[(512 - content.length % 512) % 512]);
      }
      tar.write(new byte[1024]);
    }
    return out.toByteArray();
  }

  private static byte[] header(String name, int size, char type) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644");
    put(header, 108, "0001750");
    put(header, 116, "0001750");
    put(header, 124, "%011o".formatted(size));
    put(header, 136, "%011o".formatted(1_244_000_000));
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 257, "ustar");
    put(header, 263, "00");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xff;
    }
    put(header, 148, "%06o\0 ".formatted(sum));
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
