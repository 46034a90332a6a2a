// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.natives;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/**
 * Files that this process holds open, under the name that Linux gives their descriptors. Whatever becomes of the name that
 * a file was opened by, this one leads to the file that was opened: what was checked is what is read and loaded.
 */
final class Descriptor {
  /** O_RDONLY | O_NONBLOCK, which keeps a pipe from waiting for its writer, | O_CLOEXEC. */
  private static final int OPEN = 0x80800;

  private static final int MEMORY_CLOSE_ON_EXEC = 1;

  private Descriptor() {}

  /** Opens a file for reading. */
  static Path open(Path file) throws IOException {
    return held(call("open", file.toString(), OPEN), "cannot be opened");
  }

  /** A new and empty file that is in memory alone, and that no other user's process can reach. */
  static Path inMemory(String name) throws IOException {
    return held(call("memfd_create", name, MEMORY_CLOSE_ON_EXEC), "this system keeps no files in memory");
  }

  private static Path held(int descriptor, String failure) throws IOException {
    if (descriptor < 0) {
      throw new IOException(failure);
    }
    return Path.of("/proc/self/fd/" + descriptor);
  }

  private static int call(String function, String name, int flags) throws IOException {
    Linker linker = Linker.nativeLinker();
    MemorySegment address =
        linker.defaultLookup().find(function).orElseThrow(() -> new IOException("this system has no " + function));
    FunctionDescriptor type =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    try (Arena arena = Arena.ofConfined()) {
      return (int) linker.downcallHandle(address, type).invokeExact(arena.allocateFrom(name), flags);
    } catch (Throwable e) { // what invokeExact declares; the functions throw nothing
      throw new IllegalStateException(function + " cannot be called", e);
    }
  }
}
