// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An MPI library, loaded.
 *
 * @param name by which it was loaded
 * @param abi what its handles are
 * @param symbols of it
 */
record MpiLibrary(String name, MpiAbi abi, SymbolLookup symbols) {
  private static final String REMEDY =
      "; install the one that belongs to the launcher (on Debian and Ubuntu the package openmpi-bin or mpich), or name its file with"
          + " --mpi-library";

  /**
   * Loads the library of a path, or else the first that is found: those that fit the launcher before others, beside the
   * launcher's command before where the dynamic linker looks.
   *
   * @throws CollectiveException if there is none, or the file is none
   */
  static MpiLibrary load(Optional<Path> path, MpiAbi preferred, Map<String, String> environment) {
    DynamicLinker linker = new DynamicLinker();
    // UCX, by which MPICH and Open MPI may send, takes SIGSEGV otherwise, by which Java finds null and stops its threads.
    linker.setDefault("UCX_ERROR_SIGNALS", "");
    if (path.isPresent()) {
      String file = path.get().toAbsolutePath().toString();
      DynamicLinker.Opened opened = linker.open(file);
      SymbolLookup symbols =
          opened.symbols().orElseThrow(
              () -> new CollectiveException(
                  "'" + file + "' does not load as an MPI library (" + opened.error()
                      + "); name the file of one with --mpi-library, such as libmpi.so.40 of Open MPI or libmpich.so.12 of MPICH"));
      return of(file, symbols);
    }
    return first(names(preferred), folders(environment), linker);
  }

  /** The first library of these names: for each, in these folders, then where the linker looks. */
  static MpiLibrary first(Collection<String> names, List<Path> folders, DynamicLinker linker) {
    for (String name : names) {
      for (String candidate : candidates(name, folders)) {
        Optional<SymbolLookup> symbols = linker.open(candidate).symbols();
        if (symbols.isPresent()) {
          return of(candidate, symbols.get());
        }
      }
    }
    throw new CollectiveException(
        "no MPI library is found: there is none of " + String.join(", ", names) + " where the system's linker looks (LD_LIBRARY_PATH and"
            + " the system's folders)" + (folders.isEmpty() ? "" : ", nor in ")
            + String.join(", ", folders.stream().map(Path::toString).toList()) + REMEDY);
  }

  private static Set<String> names(MpiAbi preferred) {
    Set<String> names = new LinkedHashSet<>(preferred.files());
    for (MpiAbi abi : MpiAbi.values()) {
      names.addAll(abi.files());
    }
    return names;
  }

  private static List<String> candidates(String name, List<Path> folders) {
    Stream<String> files = folders.stream().map(folder -> folder.resolve(name)).filter(Files::exists).map(Path::toString);
    return Stream.concat(files, Stream.of(name)).toList();
  }

  /** Where libraries lie beside the commands {@code mpirun} of the PATH, and below MPI_HOME. */
  static List<Path> folders(Map<String, String> environment) {
    List<Path> homes = new ArrayList<>();
    try {
      if (environment.containsKey("MPI_HOME")) {
        homes.add(Path.of(environment.get("MPI_HOME")));
      }
      for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
        Path commands = Path.of(folder);
        if (commands.isAbsolute() && commands.getParent() != null && Files.isExecutable(commands.resolve("mpirun"))) {
          homes.add(commands.getParent());
        }
      }
    } catch (InvalidPathException e) { // not in this process' character set: the linker's folders have to do
      return List.of();
    }
    return homes.stream()
        .flatMap(home -> Stream.of(home.resolve("lib"), home.resolve("lib64")))
        .filter(Files::isDirectory)
        .distinct()
        .toList();
  }

  private static MpiLibrary of(String name, SymbolLookup symbols) {
    if (symbols.find("MPI_Init_thread").isEmpty()) {
      throw new CollectiveException("'" + name + "' is a library, but not MPI's (it has no MPI_Init_thread)" + REMEDY);
    }
    if (symbols.find("MPI_Abi_get_version").map(MpiLibrary::standard).orElse(false)) {
      return new MpiLibrary(name, MpiAbi.STANDARD, symbols);
    }
    return new MpiLibrary(name, symbols.find("ompi_mpi_comm_world").isPresent() ? MpiAbi.OPEN_MPI : MpiAbi.MPICH, symbols);
  }

  /** Whether the library says that its ABI is the standard's; one that knows the question may answer no. */
  private static boolean standard(MemorySegment getVersion) {
    MethodHandle call =
        Linker.nativeLinker()
            .downcallHandle(
                getVersion, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment major = arena.allocate(ValueLayout.JAVA_INT);
      int status = (int) call.invokeExact(major, arena.allocate(ValueLayout.JAVA_INT));
      return status == 0 && major.get(ValueLayout.JAVA_INT, 0) > 0;
    } catch (Throwable e) { // what invokeExact declares; the function throws nothing
      throw new IllegalStateException(e);
    }
  }

  /** The library's interface and its file. */
  @Override
  public String toString() {
    return "'" + name + "' (" + abi + ")";
  }
}
