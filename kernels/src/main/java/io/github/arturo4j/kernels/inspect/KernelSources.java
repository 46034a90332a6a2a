// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Leaves the source that TornadoVM generates for each task in a folder. TornadoVM 5.2 appends all of them, without the
 * tasks' names, to one file that a system property names, in the order in which it compiles: graph by graph at its first
 * execution, task by task. So this notes each plan's tasks when it is executed first, and cuts the file up in the end.
 * A matter of the whole process, and therefore static.
 */
public final class KernelSources {
  private static final String PART = "kernels.part";

  private static Path folder;
  private static final List<String> tasks = new ArrayList<>();
  private static final Set<String> graphs = new HashSet<>();

  private KernelSources() {}

  /**
   * Has the sources written into a folder, which is made if it is not there. To be called before anything of TornadoVM
   * is.
   *
   * @throws IllegalArgumentException if there is no code generated, or the folder cannot be written
   */
  public static synchronized void begin(Path into) {
    if (KernelCompiler.JVM) {
      throw new IllegalArgumentException(
          "the JVM device generates no code; choose a TornadoVM device, or leave it out");
    }
    Path part = open(into);
    System.setProperty("tornado.printKernel", "True");
    System.setProperty("tornado.print.kernel.dir", part.toAbsolutePath().toString());
  }

  /** Notes plans from here on; the file that what is generated for them is to be appended to. */
  static synchronized Path open(Path into) {
    Path part = into.resolve(PART);
    try {
      Files.createDirectories(into);
      Files.deleteIfExists(part);
      Files.createFile(part);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "cannot write to '" + into + "': " + e + "; name a folder that you may write", e);
    }
    folder = into;
    tasks.clear();
    graphs.clear();
    return part;
  }

  /**
   * The tasks of a graph, in their order, that is about to be executed for the first time.
   *
   * @param graph its name
   */
  public static synchronized void compiling(String graph, List<String> taskNames) {
    if (folder == null || taskNames.isEmpty()) {
      return;
    }
    String unique = graph;
    for (int i = 2; !graphs.add(unique); i++) {
      unique = graph + "-" + i;
    }
    for (String task : taskNames) {
      tasks.add(unique + "." + task);
    }
  }

  /**
   * Writes what was generated since {@link #begin}, a file for each task that was compiled, and says so; nothing if
   * there was no beginning.
   *
   * @throws IllegalStateException if the files cannot be written
   */
  public static synchronized Optional<String> finish() {
    if (folder == null) {
      return Optional.empty();
    }
    Path into = folder;
    folder = null;
    Path part = into.resolve(PART);
    try {
      List<GeneratedKernel> kernels = GeneratedKernel.split(Files.readString(part));
      for (int i = 0; i < kernels.size(); i++) {
        String name = i < tasks.size() ? tasks.get(i) : "unknown." + (i + 1);
        Path file = into.resolve(name + kernels.get(i).suffix());
        Files.deleteIfExists(file); // a link in its place is not followed
        Files.writeString(file, kernels.get(i).text(), StandardOpenOption.CREATE_NEW);
      }
      Files.delete(part);
      return Optional.of("Kernels: " + kernels.size() + " of " + tasks.size() + " tasks, in '" + into + "'");
    } catch (IOException e) {
      throw new DeviceException(
          "cannot write the kernels into '" + into + "': " + e + "; make room, or make the folder writable", e);
    }
  }
}
