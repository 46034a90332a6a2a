// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of the launcher script as a process, among JDKs, SDKs and a Maven that are scripts themselves. */
final class LauncherFixture {
  private static final List<String> JDK_FOLDERS = List.of("/usr/lib/jvm", "/opt", "/Library");

  final Path folder;
  final Path checkout;

  LauncherFixture(Path temporary) throws IOException {
    folder = temporary.toRealPath(); // as the script will see it
    checkout = Files.createDirectory(folder.resolve("checkout"));
    String script = Files.readString(Path.of("../arturo"));
    for (String jdks : JDK_FOLDERS) {
      assertThat(script).contains(" " + jdks + "/");
      script = script.replace(" " + jdks + "/", " " + folder + jdks + "/");
    }
    executable(checkout.resolve("arturo"), script);
    executable(folder.resolve("bin/javac"), "#!/bin/sh\n"); // in front of a real one, whose JDK may be 25
    executable(folder.resolve("bin/tornado"), "#!/bin/sh\n"); // of no SDK
  }

  static void executable(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** A folder with a java that prints its words and exits with 7. */
  Path jdk(String path, String version) throws IOException {
    Path jdk = folder.resolve(path);
    executable(jdk.resolve("bin/java"), "#!/bin/sh\nfor word; do echo \"<$word>\"; done\nexit 7\n");
    executable(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  Path jdk25() throws IOException {
    return jdk("usr/lib/jvm/jdk-25", "25.0.1");
  }

  /** An SDK with an argument file of its own and a release name. */
  Path sdk(String name, String release) throws IOException {
    Path sdk = Files.createDirectories(folder.resolve(name));
    Files.createDirectories(sdk.resolve("etc"));
    Files.writeString(sdk.resolve("tornado-argfile"), "");
    Files.writeString(sdk.resolve("etc/tornado.release"), "version=" + release + "\nbranch=master\n");
    return sdk;
  }

  ProcessBuilder builder(Map<String, String> settings, String... arguments) {
    ProcessBuilder builder = new ProcessBuilder(
        Stream.concat(Stream.of(checkout.resolve("arturo").toString()), Stream.of(arguments)).toList());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(List.of("JAVA_HOME", "TORNADOVM_HOME", "ARTURO_OPTS", "XDG_CACHE_HOME"));
    environment.put("HOME", folder.toString());
    environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    environment.putAll(settings);
    return builder;
  }

  Outcome run(Map<String, String> settings, String... arguments) throws Exception {
    return run(builder(settings, arguments));
  }

  Outcome run(ProcessBuilder builder) throws Exception {
    Path out = Files.createTempFile(folder, "out", "");
    Path err = Files.createTempFile(folder, "err", "");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    return new Outcome(process.waitFor(), Files.readString(out), Files.readString(err));
  }

  Outcome showCommand(Map<String, String> settings) throws Exception {
    return run(settings, "--show-command", "devices");
  }

  static void refused(Outcome outcome, String... parts) {
    assertThat(outcome.err().lines()).singleElement().asString().startsWith("arturo: ").contains(parts);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
  }
}
