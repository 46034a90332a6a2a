// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.service.api.DatasetFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Takes a file of a data set: beside its place first, then, whole and on the disk, into it.
 *
 * @param root the data root
 * @param limits of what is taken
 */
record Upload(Path root, Limits limits) {
  private static final String PREFIX = ".upload-";
  private static final int CHUNK = 1 << 16;
  private static final long CHECK_BYTES = 64L << 20;

  /** Whether a file is one that is being taken. */
  static boolean isUnfinished(Path file) {
    return file.getFileName().toString().startsWith(PREFIX);
  }

  static RequestException tooLong(long max) {
    return new RequestException(413, null, "the file is longer than " + max + " bytes; send a smaller one, or put it there yourself");
  }

  static RequestException empty() {
    return new RequestException(400, null, "the request has no content; send the file's bytes");
  }

  /** Removes what servers that were killed have left. */
  static void removeLeftovers(Path root) throws IOException {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, each -> Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS))) {
      for (Path folder : folders) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
          for (Path file : files) {
            Files.deleteIfExists(file);
          }
        }
      }
    }
  }

  /**
   * Makes sure that there is room for so many bytes more.
   *
   * @throws RequestException 507 if there is not
   */
  void checkRoom(long bytes) throws IOException {
    Path there = root;
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    long free = Files.getFileStore(there).getUsableSpace();
    if (bytes + limits.reservedBytes() > free) {
      throw new RequestException(
          507, null, "the file has " + bytes + " bytes, and of the " + free + " that are free, " + limits.reservedBytes()
              + " stay so; make room below the data root");
    }
  }

  /** Stores all that a stream has; whole, or not at all. */
  DatasetFile store(InputStream in, String dataset, String file) throws IOException {
    Path folder = root.resolve(dataset);
    boolean made = !Files.exists(folder);
    Files.createDirectories(folder);
    Path temporary = folder.resolve(PREFIX + UUID.randomUUID());
    DatasetFile stored = null;
    try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      long bytes = copy(in, channel, digest);
      channel.force(true); // before the move, or a crash could leave the name without its content
      Files.move(temporary, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      stored = new DatasetFile(dataset, file, bytes, HexFormat.of().formatHex(digest.digest()));
      return stored;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    } finally {
      if (stored == null) {
        Files.deleteIfExists(temporary);
        if (made) {
          removeIfEmpty(folder);
        }
      }
    }
  }

  private static void removeIfEmpty(Path folder) {
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // somebody has put another file there
    }
  }

  private long copy(InputStream in, FileChannel channel, MessageDigest digest) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long bytes = 0;
    long checked = 0;
    for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
      bytes += n;
      if (bytes > limits.uploadBytes()) {
        throw tooLong(limits.uploadBytes());
      }
      if (bytes - checked >= CHECK_BYTES) { // of one that has not said how long it is, too
        checkRoom(0);
        checked = bytes;
      }
      digest.update(chunk, 0, n);
      write(channel, ByteBuffer.wrap(chunk, 0, n));
    }
    if (bytes == 0) {
      throw empty();
    }
    return bytes;
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new RequestException(507, null, "the file cannot be stored: " + Reason.of(e) + "; " + Reason.remedy(e));
    }
  }
}
