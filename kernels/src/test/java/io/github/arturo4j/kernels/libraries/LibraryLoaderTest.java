// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.arturo4j.kernels.inspect.DeviceException;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which libraries are loaded, and what is said where one is missing. */
class LibraryLoaderTest {
  private final StandIn standIn = new StandIn();
  private final List<String> asked = new ArrayList<>();
  private final List<String> taken = new ArrayList<>();

  private LibraryLoader loader(String folders, String... there) {
    return new LibraryLoader(
        LibraryLoader.folders(folders),
        name -> {
          asked.add(name);
          return Set.of(there).contains(name) ? Optional.empty() : Optional.of(name + ": cannot open shared object file");
        },
        this::symbols);
  }

  private SymbolLookup symbols(String name) {
    taken.add(name);
    Object library = name.contains("cublas") ? standIn.cublas : name.contains("cudnn") ? standIn.cudnn : standIn.driver;
    return Upcalls.of(library, Set.of());
  }

  @Test
  void theNewestIsTaken() {
    loader("", "libcuda.so.1", "libcublas.so.13", "libcublas.so.12", "libcudnn.so.9", "libcudnn.so.8").load();
    assertThat(taken).containsExactlyInAnyOrder("libcuda.so.1", "libcublas.so.13", "libcudnn.so.9");
  }

  @Test
  void anOlderOneWillDo() {
    loader("", "libcuda.so.1", "libcublas.so.12", "libcudnn.so.8").load();
    assertThat(taken).containsExactlyInAnyOrder("libcuda.so.1", "libcublas.so.12", "libcudnn.so.8");
  }

  @Test
  void foldersAreLookedInInstead() {
    loader("/a:/b", "libcuda.so.1", "libcublas.so.13", "/b/libcublas.so.13", "/a/libcudnn.so.9").load();
    assertThat(taken).containsExactlyInAnyOrder("libcuda.so.1", "/b/libcublas.so.13", "/a/libcudnn.so.9");
    assertThat(asked).as("what cuBLAS asks for by name, before it").containsSubsequence("/b/libcublasLt.so.13", "/b/libcublas.so.13");
    assertThat(LibraryLoader.folders("/a:/b")).isEqualTo(Stream.of("/a", "/b").map(Path::of).toList());
  }

  @Test
  void aMissingOneIsNamedWithItsRemedy() {
    assertThatThrownBy(loader("", "libcuda.so.1", "libcublas.so.13")::load)
        .isInstanceOf(DeviceException.class)
        .hasMessage(
            "cuDNN does not load (libcudnn.so.9: cannot open shared object file); 'apt-get install libcudnn9-cuda-13' from NVIDIA's"
                + " repository, or name the folders of libcudnn.so.9 or libcudnn.so.8 and its like with"
                + " ARTURO_OPTS=-Darturo.libraries=FOLDER:FOLDER, or compute without it with --linalg kernels");
    assertThatThrownBy(loader("", "libcuda.so.1", "libcudnn.so.9")::load)
        .hasMessageStartingWith("cuBLAS does not load (libcublas.so.13: cannot open");
    assertThatThrownBy(loader("")::load)
        .hasMessage(
            "NVIDIA's driver does not load (libcuda.so.1: cannot open shared object file); install it, or compute without its libraries"
                + " with --linalg kernels");
  }
}
