// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Folders that somebody has prepared: a library is loaded from its artifact's bytes, whatever lies there. */
@EnabledOnOs(OS.LINUX)
class NativeLibrariesTest {
  private static final String SYMBOL = "_Unwind_Backtrace";

  @TempDir Path temporary;
  private Path folder;
  private Path file;
  private LibraryResource library;
  private final List<String> warnings = new ArrayList<>();

  @BeforeEach
  void findTheLibrary() throws IOException {
    folder = temporary.resolve("cache/arturo4j/native");
    var found = NativeLibraries.find("openblas", "libgcc_s.so.1");
    assumeTrue(found.isPresent(), "no artifact for this platform");
    library = found.get();
    file = folder.resolve("%08x-libgcc_s.so.1".formatted(library.checksum()));
  }

  private void loads() throws IOException {
    assertThat(new NativeLibraries(folder, warnings::add).load(library).find(SYMBOL)).isPresent();
  }

  /** By another file: what is loaded stays what it is. */
  private void replace(byte[] content) throws IOException {
    Files.delete(file);
    Files.write(file, content);
  }

  /** It is in its place, nobody else can write it, and nothing lies beside it. */
  private void isKept() throws IOException {
    loads();
    assertThat(warnings).isEmpty();
    assertThat(library.isIn(file)).isTrue();
    assertThat(file).isRegularFile();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, folder.resolve(".lock"));
    }
  }

  private void isLoadedFromMemory(String cause) throws IOException {
    loads();
    assertThat(warnings).singleElement().asString()
        .contains(cause).endsWith("so they are unpacked into memory at every start; name a folder for them with XDG_CACHE_HOME");
  }

  @Test
  void aLibraryIsUnpackedOnce() throws IOException {
    isKept();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder))).isEqualTo("rwx------");
    Object inode = Files.getAttribute(file, "unix:ino");
    isKept();
    assertThat(Files.getAttribute(file, "unix:ino")).isEqualTo(inode);
  }

  @Test
  void aTornOrAlteredOneIsReplaced() throws IOException {
    isKept();
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
      replace(Arrays.copyOf(whole, length));
      isKept();
    }
    whole[whole.length / 2] ^= 1;
    replace(whole);
    isKept();
  }

  @Test
  void oneThatOthersCanWriteIsReplaced() throws IOException {
    isKept();
    for (String mode : List.of("rw-rw----", "rw----rw-")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
      isKept();
    }
  }

  @Test
  void whatAKilledWriterLeftIsRemovedAndNoLinkIsFollowed() throws IOException {
    isKept();
    Path part = folder.resolve(file.getFileName() + ".part");
    Files.delete(file);
    Files.writeString(part, "half");
    isKept();
    Path victim = Files.writeString(temporary.resolve("victim"), "precious");
    Files.delete(file);
    Files.createSymbolicLink(part, victim);
    isKept();
    assertThat(victim).hasContent("precious");
    Files.delete(folder.resolve(".lock"));
    Files.delete(file);
    Files.createSymbolicLink(folder.resolve(".lock"), temporary.resolve("made"));
    isLoadedFromMemory("cannot keep native libraries (");
    assertThat(temporary.resolve("made")).doesNotExist();
  }

  @Test
  void aFolderThatOthersCanWriteIsNotUsed() throws IOException {
    isKept();
    for (String mode : List.of("rwxrwx---", "rwx---rwx", "rwxrwxrwx")) {
      warnings.clear();
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
      replace("planted".getBytes(StandardCharsets.US_ASCII));
      isLoadedFromMemory("'" + folder + "' cannot keep native libraries (it belongs to another user, or others can write to it)");
      assertThat(file).hasContent("planted");
    }
  }

  @Test
  void anotherUsersFolderIsNotUsed() throws IOException {
    isKept();
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give files away");
    Files.setAttribute(file, "unix:uid", 4321);
    isKept();
    Files.setAttribute(folder, "unix:uid", 4321);
    isLoadedFromMemory("it belongs to another user, or others can write to it");
  }

  @Test
  void whereNoFolderCanBeMadeItIsLoadedFromMemory() throws IOException {
    folder = Files.writeString(temporary.resolve("file"), "a file").resolve("native");
    isLoadedFromMemory("(");
    warnings.clear();
    folder = Path.of("/proc/arturo4j/native");
    isLoadedFromMemory("(");
    warnings.clear();
    folder = null;
    isLoadedFromMemory("this user has no cache folder for native libraries");
  }

  @Test
  void nobodyWaitsForAnotherWriter() throws IOException {
    isKept();
    Files.delete(file);
    try (FileChannel channel = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
      loads();
      assertThat(warnings).isEmpty();
      assertThat(file).doesNotExist();
    }
    isKept();
  }

  @Test
  void manyMayStartAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Void>> starts = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        starts.add(
            () -> {
              loads();
              return null;
            });
      }
      for (Future<Void> start : threads.invokeAll(starts)) {
        start.get();
      }
    }
    isKept();
  }

  @Test
  void theFolderIsOfTheUsersCache() {
    Path home = Path.of(System.getProperty("user.home"), ".cache/arturo4j/native");
    assertThat(NativeLibraries.cacheFolder(Map.of("XDG_CACHE_HOME", "/data"))).hasToString("/data/arturo4j/native");
    assertThat(NativeLibraries.cacheFolder(Map.of("XDG_CACHE_HOME", "relative"))).isEqualTo(home);
    assertThat(NativeLibraries.cacheFolder(Map.of())).isEqualTo(home);
  }
}
