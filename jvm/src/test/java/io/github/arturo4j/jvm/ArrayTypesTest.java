// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The array types are one text but for the type: what is changed in one is to be changed in all. */
class ArrayTypesTest {
  private static final Path SOURCES = Path.of("src/main/java/uk/ac/manchester/tornado/api/types/arrays");

  @ParameterizedTest
  @CsvSource({
    "Double, double, Double, Double.NaN, (double) 0",
    "Int, int, Integer, 0x7fbadbad, 0",
    "Long, long, Long, 0x7fbadbad7fbadbadL, (long) 0",
    "Byte, byte, Byte, (byte) 0x5a, (byte) 0"
  })
  void areTheFloatsButForTheType(String name, String type, String box, String garbage, String zero) throws IOException {
    String expected =
        Files.readString(SOURCES.resolve("FloatArray.java"))
            .replace("Float.NaN", garbage)
            .replace("(float) 0", zero)
            .replace("Float.BYTES", box + ".BYTES")
            .replace("FloatArray", name + "Array")
            .replace("float", type);
    assertThat(Files.readString(SOURCES.resolve(name + "Array.java"))).isEqualTo(expected);
  }
}
