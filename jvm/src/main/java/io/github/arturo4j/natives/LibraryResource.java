// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.natives;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;

/**
 * A library as its artifact holds it.
 *
 * @param name its file's name
 * @param url where it is
 * @param size bytes of it
 * @param checksum its CRC-32, from the archive's own table
 */
record LibraryResource(String name, URL url, long size, long checksum) {
  /** What is at an address within an archive. */
  static LibraryResource at(URL url) throws IOException {
    if (!(url.openConnection() instanceof JarURLConnection connection)) {
      throw new IOException("'" + url + "' is in no jar; put the artifact itself on the class path");
    }
    JarEntry entry = connection.getJarEntry();
    String path = entry.getName();
    return new LibraryResource(path.substring(path.lastIndexOf('/') + 1), url, entry.getSize(), entry.getCrc());
  }

  /** Writes it into a file that is there, and empty. */
  void writeTo(Path file) throws IOException {
    try (InputStream in = url.openStream(); OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      in.transferTo(out);
    }
  }

  /** Whether a file has the very bytes. */
  boolean isIn(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() != size) {
        return false;
      }
      CRC32 found = new CRC32();
      found.update(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
      return found.getValue() == checksum;
    }
  }
}
