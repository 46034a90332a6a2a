// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFileTest {
  private static final List<String> NAMES = List.of("model.bin", "config.yaml");

  @TempDir Path folder;

  @Test
  void aFileIsReplacedAsAWhole() throws IOException {
    Path file = folder.resolve("model.bin");
    AtomicFile.write(file, "old".getBytes());
    AtomicFile.write(file, out -> out.write("new".getBytes()));
    assertThat(file).hasContent("new");
    assertThat(folder.toFile().list()).containsExactly("model.bin");
  }

  @Test
  void whatCannotBeWrittenLeavesTheOneBeforeAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("model.bin"), "old");
    assertThatIOException()
        .isThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write("half".getBytes());
                      throw new IOException("no space left on device");
                    }))
        .withMessage("no space left on device");
    assertThat(file).hasContent("old");
    assertThat(folder.toFile().list()).containsExactly("model.bin");
  }

  @Test
  void noLinkIsFollowed() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Path file = Files.createSymbolicLink(folder.resolve("model.bin"), victim);
    Files.createSymbolicLink(folder.resolve("model.bin.part"), victim); // where earlier versions wrote
    AtomicFile.write(file, "new".getBytes());
    assertThat(victim).hasContent("precious");
    assertThat(Files.isSymbolicLink(file)).isFalse();
    assertThat(file).hasContent("new");
  }

  @Test
  void nobodyKnowsTheTemporaryNamesBefore() {
    Set<Path> names = new TreeSet<>();
    for (int i = 0; i < 100; i++) {
      names.add(AtomicFile.temporary(folder.resolve("model.bin")));
    }
    assertThat(names).hasSize(100).allMatch(path -> path.getFileName().toString().matches("model.bin.[0-9a-f]{16}.part"));
  }

  @Test
  void leftoversOfTheseFilesAreDeleted() throws IOException {
    Files.writeString(AtomicFile.temporary(folder.resolve("model.bin")), "half");
    Files.writeString(folder.resolve("config.yaml.part"), "half, of an earlier version");
    AtomicFile.deleteLeftovers(folder, NAMES);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.bin", "config.yaml", "thesis.part", "thesis.0123456789abcdef.part", "model.bin.0123.part", ".part",
        "model.bin.part.txt", "my-model.bin.part", "model.bin.0123456789ABCDEF.part", "model.bin.part.part"
      })
  void noOtherFileIsDeleted(String name) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "somebody's");
    AtomicFile.deleteLeftovers(folder, NAMES);
    assertThat(file).exists();
  }

  @Test
  void noLinkAndNoFolderIsALeftover() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(folder.resolve("model.bin.part"), victim);
    Files.createDirectory(folder.resolve("config.yaml.part"));
    AtomicFile.deleteLeftovers(folder, NAMES);
    assertThat(folder.toFile().list()).containsExactlyInAnyOrder("victim", "model.bin.part", "config.yaml.part");
  }
}
