// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.kernels.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SDKs as they are laid out from 5.2 to 8.2. */
class SdkTest {
  @TempDir Path root;

  private void write(String file, String content) throws IOException {
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(root.resolve("etc").resolve(file), content);
  }

  private Sdk sdk() {
    return Sdk.of(new Machine(root, Map.of("TORNADOVM_HOME", root.toString()), name -> Optional.empty(), path -> true));
  }

  @ParameterizedTest
  @CsvSource(nullValues = "-", delimiter = ';', value = {
    "5.2.0-jdk25; -;  opencl-backend;              TornadoVM 5.2.0-jdk25, for JDK 25, backends: opencl",
    "5.2.0-jdk21; -;  opencl-backend,ptx-backend;  TornadoVM 5.2.0-jdk21, for JDK 21, backends: opencl, ptx",
    "6.0.0-jdk25; -;  cuda-backend;                TornadoVM 6.0.0-jdk25, for JDK 25, backends: cuda",
    "7.2.0;       22; cuda-backend;                TornadoVM 7.2.0, for JDK 22 or newer, backends: cuda",
    "8.2.0-jdk22plus; 22; opencl;                  TornadoVM 8.2.0-jdk22plus, for JDK 22 or newer, backends: opencl",
    "8.2.0-jdk22plus; -; opencl;                   TornadoVM 8.2.0-jdk22plus, for JDK 22 or newer, backends: opencl",
    "9.0.0-jdk29; 27; opencl, some-backend;        TornadoVM 9.0.0-jdk29, for JDK 27 or newer, backends: opencl, some",
    "9.0.0;       -;  -;                           TornadoVM 9.0.0, backends: unknown",
    "-;           -;  -;                           TornadoVM of unknown version, backends: unknown",
  })
  void saysWhatItIs(String version, String floor, String backends, String expected) throws IOException {
    if (version != null) {
      write("tornado.release", "version=" + version + "\nbranch=master\ncommit=1234567\n");
    }
    if (floor != null) {
      write("tornado.jdk", "tornado.jdk.floor=" + floor + "\n");
    }
    if (backends != null) {
      write("tornado.backend", "tornado.backends=" + backends);
    }
    assertThat(sdk()).hasToString(expected + ", in '" + root + "'");
  }

  @Test
  void filesThatAreNoneSayNothing() throws IOException {
    write("tornado.release", "version=\\u00zz");
    Files.createDirectories(root.resolve("etc/tornado.jdk"));
    assertThat(sdk()).hasToString("TornadoVM of unknown version, backends: unknown, in '" + root + "'");
  }
}
