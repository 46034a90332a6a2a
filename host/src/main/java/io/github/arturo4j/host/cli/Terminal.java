// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The terminal behind the error stream, by POSIX' {@code isatty} and Linux's {@code ioctl}: {@link java.io.Console} tells
 * of input and output together, and of the error stream nothing.
 */
final class Terminal {
  private static final int ERR = 2;
  private static final int COLUMNS = 80;

  /** Linux's number of the request for rows and columns, each in 16 bits. */
  private static final long TIOCGWINSZ = 0x5413;

  private Terminal() {}

  /** Functions of the C library, found when there may be a terminal; null where there are none. */
  private static final class Library {
    private static final MethodHandle ISATTY =
        function("isatty", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle IOCTL =
        function(
            "ioctl",
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.ADDRESS),
            Linker.Option.firstVariadicArg(2));

    private Library() {}

    private static MethodHandle function(String name, FunctionDescriptor type, Linker.Option... options) {
      Linker linker = Linker.nativeLinker();
      return linker.defaultLookup().find(name).map(found -> linker.downcallHandle(found, type, options)).orElse(null);
    }
  }

  /** Whether the error stream goes to a terminal on which the cursor can be moved. */
  static boolean hasErrorStream() {
    String kind = System.getenv("TERM");
    if (kind == null || kind.isEmpty() || kind.equals("dumb") || Library.ISATTY == null) {
      return false;
    }
    try {
      return (int) Library.ISATTY.invokeExact(ERR) == 1;
    } catch (Throwable e) {
      throw new IllegalStateException("isatty cannot be called", e);
    }
  }

  /** Its columns, as wide as it is now. */
  static int columns() {
    if (Library.IOCTL == null) {
      return COLUMNS;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment size = arena.allocate(ValueLayout.JAVA_SHORT, 4);
      int result = (int) Library.IOCTL.invokeExact(ERR, TIOCGWINSZ, size);
      int columns = Short.toUnsignedInt(size.getAtIndex(ValueLayout.JAVA_SHORT, 1));
      return result == 0 && columns > 0 ? columns : COLUMNS;
    } catch (Throwable e) {
      throw new IllegalStateException("ioctl cannot be called", e);
    }
  }
}
