// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.libraries;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The version of a library of NVIDIA's, by its function that gives properties: libraryPropertyType of library_types.h. */
final class Versions {
  /** MAJOR_VERSION 0, MINOR_VERSION 1, PATCH_LEVEL 2. */
  private static final int PARTS = 3;

  private Versions() {}

  /** Asks for a property, and has it written there as an int. */
  interface Property {
    void get(int type, MemorySegment value);
  }

  /** The version, such as 13.0.2. */
  static String of(Property property) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(Functions.INT);
      return IntStream.range(0, PARTS)
          .mapToObj(
              type -> {
                property.get(type, value);
                return String.valueOf(value.get(Functions.INT, 0));
              })
          .collect(Collectors.joining("."));
    }
  }
}
