// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.collective;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;

/**
 * The constants of an MPI library, which a C program takes from its {@code mpi.h}.
 *
 * @param layout of a handle as the library takes it; here each is a long
 * @param world all ranks
 * @param floats the type of Java's float
 * @param doubles of its double
 * @param bytes of its byte
 * @param errorsReturn the error handler that has calls return a code
 * @param inPlace in place of the address of what is sent: it lies where the result will be
 * @param funneled the thread level of a process that has many threads, of which one calls MPI
 * @param serialized that of one whose threads call MPI one at a time
 */
record MpiHandles(
    MemoryLayout layout, long world, long floats, long doubles, long bytes, long errorsReturn, MemorySegment inPlace, int funneled,
    int serialized) {

  /** Those of a library. */
  static MpiHandles of(MpiAbi abi, SymbolLookup library) {
    return switch (abi) {
      case OPEN_MPI ->
          new MpiHandles(
              ValueLayout.JAVA_LONG, address(library, "comm_world"), address(library, "float"), address(library, "double"),
              address(library, "byte"), address(library, "errors_return"), MemorySegment.ofAddress(1), 1,
              2);
      case MPICH ->
          new MpiHandles(
              ValueLayout.JAVA_INT, 0x44000000, 0x4c00040a, 0x4c00080b, 0x4c00010d, 0x54000001, MemorySegment.ofAddress(-1), 1, 2);
      case STANDARD ->
          new MpiHandles(
              ValueLayout.JAVA_LONG, 0x101, 0x210, 0x214, 0x247, 0x142, MemorySegment.ofAddress(1), 1024, 2048);
    };
  }

  private static long address(SymbolLookup library, String name) {
    return library.findOrThrow("ompi_mpi_" + name).address();
  }
}
