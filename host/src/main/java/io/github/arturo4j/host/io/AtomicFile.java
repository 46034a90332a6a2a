// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces files as a whole: at any moment, and after a crash, the old content is there or the new one. What is written
 * lies beside the file first, as {@code NAME.RANDOM.part}: nobody can put a file or a link of that name there before,
 * and what a killed writer leaves is known by its name.
 */
public final class AtomicFile {
  /** The name of the file, then the random part, which earlier versions did not have. */
  private static final Pattern TEMPORARY = Pattern.compile("(.+?)(\\.[0-9a-f]{16})?\\.part");

  private static final SecureRandom RANDOM = new SecureRandom();

  private AtomicFile() {}

  /** What a file is to hold. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Replaces the content of a file, or makes it. */
  public static void write(Path file, byte[] content) throws IOException {
    write(file, out -> out.write(content));
  }

  /** Replaces the content of a file, or makes it, piece by piece. A link in the file's place is replaced, not followed. */
  public static void write(Path file, Content content) throws IOException {
    Path temporary = temporary(file);
    try {
      try (FileChannel channel =
              FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = Channels.newOutputStream(channel)) {
        content.writeTo(out);
        channel.force(true); // before the move, or a crash could leave the new name without its content
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException | RuntimeException | Error e) {
      try {
        Files.deleteIfExists(temporary);
      } catch (IOException also) {
        e.addSuppressed(also);
      }
      throw e;
    }
  }

  /** A path beside a file, of a name that nobody can know before, for what is to be moved into its place. */
  public static Path temporary(Path file) {
    byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    return file.resolveSibling(file.getFileName() + "." + HexFormat.of().formatHex(random) + ".part");
  }

  /** Whether an entry of a folder is what a killed writer of one of the files with those names has left. */
  public static boolean isLeftover(Path entry, Collection<String> names) {
    Matcher matcher = TEMPORARY.matcher(entry.getFileName().toString());
    return matcher.matches()
        && names.contains(matcher.group(1))
        && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS);
  }

  /** Deletes what killed writers of these files have left in a folder; nobody else may be writing there. */
  public static void deleteLeftovers(Path folder, Collection<String> names) throws IOException {
    List<Path> leftovers;
    try (Stream<Path> entries = Files.list(folder)) {
      leftovers = entries.filter(entry -> isLeftover(entry, names)).toList();
    }
    for (Path leftover : leftovers) {
      Files.delete(leftover);
    }
  }
}
