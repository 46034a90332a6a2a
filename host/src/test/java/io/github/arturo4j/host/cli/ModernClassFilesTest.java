// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The jar that the build gives a later format has the same classes, which the virtual machine verifies and takes. */
class ModernClassFilesTest {
  @TempDir Path folder;

  @Test
  void allClassesAreTakenInTheLaterFormat() throws Exception {
    Path old = Path.of(CommandLine.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = Files.copy(old, folder.resolve("picocli.jar"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "src/main/build/ModernClassFiles.java",
                jar.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    Map<String, String> before = classes(old, 49);
    assertThat(before).containsEntry("picocli.CommandLine", "taken").hasSizeGreaterThan(200);
    assertThat(classes(jar, 61)).isEqualTo(before);
  }

  /** What comes of loading and initialising each class: that it was taken, or the failure for want of an optional library. */
  private static Map<String, String> classes(Path jar, int major) throws IOException {
    Map<String, String> classes = new TreeMap<>();
    try (JarFile file = new JarFile(jar.toFile()); URLClassLoader loader = loader(jar)) {
      for (JarEntry entry : file.stream().filter(each -> each.getName().matches("picocli/.*\\.class")).toList()) {
        try (InputStream in = file.getInputStream(entry)) {
          byte[] begin = in.readNBytes(8);
          assertThat(begin[6] << 8 | begin[7]).as(entry.getName()).isEqualTo(major);
        }
        String name = entry.getName().replace('/', '.').replaceAll("\\.class$", "");
        try {
          Class.forName(name, true, loader);
          classes.put(name, "taken");
        } catch (ClassNotFoundException | LinkageError e) {
          classes.put(name, e.toString());
        }
      }
    }
    return classes;
  }

  private static URLClassLoader loader(Path jar) throws IOException {
    return new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }
}
