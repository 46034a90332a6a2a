// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.natives;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class SharedLibraryTest {
  @TempDir Path folder;

  @Test
  void theLinkerSaysWhichFileIsMissingOrBroken() throws IOException {
    String missing = "libno-library-has-this-name.so.1";
    assertThat(SharedLibrary.whyNotLoaded(missing))
        .hasValueSatisfying(error -> assertThat(error).startsWith(missing + ":"));
    Path broken = Files.writeString(folder.resolve("libbroken.so"), "This is no library. ".repeat(20));
    assertThat(SharedLibrary.whyNotLoaded(broken.toString()))
        .hasValueSatisfying(error -> assertThat(error).startsWith(broken + ":"));
    assertThat(SharedLibrary.whyNotLoaded("libc.so.6")).isEmpty();
  }
}
