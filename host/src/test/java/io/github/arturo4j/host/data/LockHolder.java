// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A process that has the lock of a folder until its input ends, and then makes a file there. */
final class LockHolder {
  private LockHolder() {}

  /** Arguments: the lock, the file to make, and where its content is. */
  public static void main(String[] arguments) throws IOException {
    try (FileChannel channel =
        FileChannel.open(Path.of(arguments[0]), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.lock();
      System.out.println("locked");
      System.in.read();
      Files.copy(Path.of(arguments[2]), Path.of(arguments[1]));
    }
  }
}
