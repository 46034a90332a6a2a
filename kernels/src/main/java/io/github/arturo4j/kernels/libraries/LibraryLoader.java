// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import io.github.arturo4j.kernels.inspect.DeviceException;
import io.github.arturo4j.natives.SharedLibrary;
import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Loads NVIDIA's libraries: from the folders that the property {@value #PROPERTY} names, or else where the dynamic linker finds them.
 *
 * @param folders to look in, none for the linker's own
 * @param loading tries to load a library, by its name or its path: what the linker says against it, or nothing if it loads
 * @param lookup the symbols of a library that has been loaded
 */
record LibraryLoader(
    List<Path> folders, Function<String, Optional<String>> loading, Function<String, SymbolLookup> lookup) {
  /** Folders, separated as those of a path are. */
  static final String PROPERTY = "arturo.libraries";

  private static final String DRIVER = "libcuda.so.1";

  /** The newest first. */
  private static final List<String> CUBLAS = List.of("libcublas.so.13", "libcublas.so.12");

  private static final List<String> CUDNN = List.of("libcudnn.so.9", "libcudnn.so.8");

  /** That of this process. */
  static LibraryLoader current() {
    return new LibraryLoader(
        folders(System.getProperty(PROPERTY, "")), SharedLibrary::whyNotLoaded,
        name -> SymbolLookup.libraryLookup(name, Arena.global()));
  }

  static List<Path> folders(String property) {
    return Arrays.stream(property.split(File.pathSeparator)).filter(name -> !name.isBlank()).map(Path::of).toList();
  }

  /**
   * Loads them; they stay loaded.
   *
   * @throws DeviceException if one does not load, or lacks a function
   */
  NvidiaLibraries load() {
    Optional<String> noDriver = loading.apply(DRIVER);
    if (noDriver.isPresent()) {
      throw new DeviceException(
          "NVIDIA's driver does not load (" + noDriver.get() + "); install it, or compute without its libraries with --linalg kernels");
    }
    return new NvidiaLibraries(
        lookup.apply(DRIVER),
        find("cuBLAS", CUBLAS, "libcublas-13-0"),
        find("cuDNN", CUDNN, "libcudnn9-cuda-13"));
  }

  private SymbolLookup find(String library, List<String> names, String artifact) {
    String said = null;
    for (String name : names) {
      for (String candidate : candidates(name)) {
        loading.apply(candidate.replace("libcublas.", "libcublasLt.")); // which it asks for by name
        Optional<String> error = loading.apply(candidate);
        if (error.isEmpty()) {
          return lookup.apply(candidate);
        }
        said = said == null ? error.get() : said;
      }
    }
    throw new DeviceException(
        library + " does not load (" + said + "); 'apt-get install " + artifact + "' from NVIDIA's repository, or name the folders of "
            + String.join(" or ", names) + " and its like with ARTURO_OPTS=-D" + PROPERTY + "=FOLDER" + File.pathSeparator
            + "FOLDER, or compute without it with --linalg kernels");
  }

  private List<String> candidates(String name) {
    return folders.isEmpty() ? List.of(name) : folders.stream().map(folder -> folder.resolve(name).toString()).toList();
  }
}
