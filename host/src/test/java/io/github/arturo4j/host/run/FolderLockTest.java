// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {
  @TempDir Path own;
  private Path folder;

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(own.resolve("run"));
  }

  @Test
  void aFolderIsTakenOnceAtATime() throws IOException {
    for (int i = 0; i < 2; i++) {
      try (FolderLock lock = FolderLock.take(folder)) {
        lock.check();
        assertThatIllegalStateException()
            .isThrownBy(() -> FolderLock.take(folder))
            .withMessage("another training is writing into '" + folder
                + "'; nothing was changed: wait until it ends, or stop it");
        lock.check();
      }
    }
    assertThat(folder.toFile().list()).containsExactly(FolderLock.FILE);
  }

  /** By whatever path: opening the file a second time would let go of it. */
  @Test
  void aLinkToTheFolderIsTheSameFolder() throws IOException {
    Path link = Files.createSymbolicLink(own.resolve("link"), folder);
    try (FolderLock lock = FolderLock.take(folder)) {
      assertThatIllegalStateException().isThrownBy(() -> FolderLock.take(link));
      lock.check();
    }
  }

  @Test
  void aLostFolderIsNoticed() throws IOException {
    try (FolderLock lock = FolderLock.take(folder)) {
      Files.move(folder, own.resolve("elsewhere"));
      assertLost(lock);
      Files.createDirectory(folder);
      assertLost(lock);
      try (FolderLock another = FolderLock.take(folder)) {
        another.check();
        assertLost(lock);
      }
      assertLost(lock);
    }
  }

  @Test
  void aDeletedLockIsNoticed() throws IOException {
    try (FolderLock lock = FolderLock.take(folder)) {
      Files.delete(folder.resolve(FolderLock.FILE));
      assertLost(lock);
      for (int i = 0; i < 20; i++) { // the new file's number is none that is in use
        Files.deleteIfExists(folder.resolve(FolderLock.FILE));
        Files.createFile(folder.resolve(FolderLock.FILE));
        assertLost(lock);
      }
    }
  }

  @Test
  void aLinkThatLeadsElsewhereIsNoticed() throws IOException {
    Path other = Files.createDirectory(own.resolve("other"));
    FolderLock.take(other).close();
    Path link = Files.createSymbolicLink(own.resolve("link"), folder);
    try (FolderLock lock = FolderLock.take(link)) {
      Files.delete(link);
      Files.createSymbolicLink(link, other);
      assertLost(lock);
    }
  }

  private void assertLost(FolderLock lock) {
    assertThatIllegalStateException()
        .isThrownBy(lock::check)
        .withMessageContaining("is not this training's any more: it was moved or removed, or its .lock deleted;"
            + " nothing more was written: ");
  }

  @Test
  void noLinkIsLocked() throws IOException {
    Path victim = own.resolve("victim");
    Files.createSymbolicLink(folder.resolve(FolderLock.FILE), victim);
    assertThatIllegalStateException()
        .isThrownBy(() -> FolderLock.take(folder))
        .withMessage("'" + folder.resolve(FolderLock.FILE) + "' is no file that can be locked; move it away");
    assertThat(victim).doesNotExist();
  }
}
