// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The secret that a server leaves for the user who has started it: {@code .arturo/token-PORT} in that user's home, which nobody else
 * can read. It is sent to this machine only, and only to the port of the server that has left it.
 */
public final class LocalToken {
  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final int HTTP = 80;

  private LocalToken() {}

  /** Where that of a server at a port is. */
  public static Path file(int port) {
    return Path.of(System.getProperty("user.home"), ".arturo", "token-" + port);
  }

  /** The same of a server's address. */
  public static Path file(URI server) {
    return file(server.getPort() < 0 ? HTTP : server.getPort());
  }

  /** Leaves a secret there, in place of what was there before. */
  public static void write(int port, String secret) throws IOException {
    Path file = file(port);
    Path folder = file.getParent();
    Path made = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      allow(folder, "rwx------");
    }
    Files.deleteIfExists(made);
    Files.createFile(made);
    allow(made, "rw-------");
    Files.write(made, (secret + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
    Files.move(made, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void allow(Path path, String permissions) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view != null) { // else the system has other ways
      view.setPermissions(PosixFilePermissions.fromString(permissions));
    }
  }

  /**
   * The secret for a server; empty if it is on another machine, or has left none.
   *
   * @throws FileSystemException if others may read it, or have put it there, with a reason
   */
  public static Optional<String> read(URI server) throws IOException {
    Path file = file(server);
    boolean local = "http".equals(server.getScheme()) && THIS_MACHINE.contains(server.getHost());
    if (!local || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view != null) {
      Set<PosixFilePermission> allowed = view.readAttributes().permissions();
      if (!Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE).containsAll(allowed)) {
        throw new FileSystemException(file.toString(), null, "others may read it");
      }
    }
    return Optional.of(Files.readString(file).strip());
  }
}
