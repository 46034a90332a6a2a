// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.natives;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.net.URL;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native libraries that Maven artifacts of org.bytedeco carry, on Linux. They are unpacked once into a folder of
 * the user's cache, or, where that will not do, at every start into memory, which takes their size of it and half a
 * second. No file is trusted for its name.
 */
public final class NativeLibraries {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibraries.class);
  private static final NativeLibraries USERS = new NativeLibraries(cacheFolder(System.getenv()), LOG::warn);
  private static final String REMEDY = "; name a folder for them with XDG_CACHE_HOME";

  private final Path folder;
  private final Consumer<String> warn;
  private boolean warned;

  /** Those that are unpacked into a folder, null if there is none; {@code warn} gets a line where it will not do. */
  NativeLibraries(Path folder, Consumer<String> warn) {
    this.folder = folder;
    this.warn = warn;
  }

  /** Where libraries are unpacked to in this environment; null if it names no place. */
  static Path cacheFolder(Map<String, String> environment) {
    try {
      Path cache = Path.of(environment.getOrDefault("XDG_CACHE_HOME", ""));
      if (!cache.isAbsolute()) { // a relative one does not count
        cache = Path.of(System.getProperty("user.home"), ".cache");
      }
      return cache.isAbsolute() ? cache.resolve("arturo4j/native") : null;
    } catch (InvalidPathException e) { // not in this process' character set
      return null;
    }
  }

  /**
   * Loads a library of the artifact {@code org.bytedeco:artifact}; it stays loaded.
   *
   * @param needed what the library asks for by name, loaded first; what the artifact does not have is the system's
   * @throws FileNotFoundException if the artifact for this platform is not on the class path
   * @throws IOException if it does not load; the message is "cause; remedy"
   */
  public static SymbolLookup load(String artifact, String library, String... needed) throws IOException {
    for (String other : needed) {
      Optional<LibraryResource> resource = find(artifact, other);
      if (resource.isPresent()) {
        USERS.load(resource.get());
      }
    }
    return USERS.load(
        find(artifact, library).orElseThrow(
            () ->
                new FileNotFoundException(
                    "it is not on the class path; on Linux, add the artifact org.bytedeco:" + artifact
                        + " with the classifier " + platform() + ", if there is one")));
  }

  /** A file of an artifact, if it is on the class path. */
  static Optional<LibraryResource> find(String artifact, String file) throws IOException {
    URL url = NativeLibraries.class.getResource("/org/bytedeco/" + artifact + "/" + platform() + "/" + file);
    return url == null ? Optional.empty() : Optional.of(LibraryResource.at(url));
  }

  /** The classifier of the artifacts for this machine. */
  private static String platform() {
    String architecture = System.getProperty("os.arch").replace("amd64", "x86_64").replace("aarch64", "arm64");
    return System.getProperty("os.name").toLowerCase(Locale.ROOT) + "-" + architecture;
  }

  /** Loads a library from the folder, or else from memory. */
  synchronized SymbolLookup load(LibraryResource library) throws IOException {
    String fault = "this user has no cache folder for native libraries";
    if (folder != null) {
      try {
        Optional<Path> cached = new LibraryCache(folder).open(library);
        Optional<String> error = cached.flatMap(file -> whyNotLoaded(library, file));
        if (cached.isPresent() && error.isEmpty()) {
          return lookup(cached.get());
        }
        fault = error.map(said -> "no library loads from '" + folder + "' (" + said + ")").orElse(null);
      } catch (IOException e) {
        fault = "'" + folder + "' cannot keep native libraries (" + e.getMessage() + ")";
      }
    }
    Path inMemory;
    try {
      inMemory = Descriptor.inMemory(library.name());
      library.writeTo(inMemory);
    } catch (IOException e) {
      throw new IOException(
          (fault == null ? "another process unpacks native libraries" : fault) + ", and memory cannot keep them ("
              + e.getMessage() + ")" + REMEDY, e);
    }
    Optional<String> error = whyNotLoaded(library, inMemory);
    if (error.isPresent()) {
      throw new IOException(error.get() + "; install what is missing");
    }
    if (fault != null && !warned) {
      warned = true;
      warn.accept(fault + ", so they are unpacked into memory at every start" + REMEDY);
    }
    return lookup(inMemory);
  }

  private static Optional<String> whyNotLoaded(LibraryResource library, Path file) {
    return SharedLibrary.whyNotLoaded(file.toString()).map(error -> error.replace(file.toString(), library.name()));
  }

  private static SymbolLookup lookup(Path file) {
    return SymbolLookup.libraryLookup(file.toString(), Arena.global());
  }
}
