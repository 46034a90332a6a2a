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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script as a process: a copy of it among JDKs, SDKs and a Maven that are scripts themselves. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final List<String> JDK_FOLDERS = List.of("/usr/lib/jvm", "/opt", "/Library");

  @TempDir Path folder;
  private Path checkout;
  private Path maven;

  @BeforeEach
  void copyTheScript() throws IOException {
    folder = folder.toRealPath(); // as the script will see it
    checkout = Files.createDirectory(folder.resolve("checkout"));
    String script = Files.readString(Path.of("../arturo"));
    for (String jdks : JDK_FOLDERS) {
      assertThat(script).contains(" " + jdks + "/");
      script = script.replace(" " + jdks + "/", " " + folder + jdks + "/");
    }
    executable(checkout.resolve("arturo"), script);
    maven = folder.resolve("maven-was-here");
    executable(folder.resolve("bin/javac"), "#!/bin/sh\n"); // in front of a real one, whose JDK may be 25
    executable(folder.resolve("bin/tornado"), "#!/bin/sh\n"); // of no SDK
    executable(folder.resolve("bin/mvn"), "#!/bin/sh\ntouch '" + maven + "'\nexit 1\n");
  }

  private static void executable(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Path jdk(String path, String version) throws IOException {
    Path jdk = folder.resolve(path);
    executable(jdk.resolve("bin/java"), "#!/bin/sh\nfor word; do echo \"<$word>\"; done\nexit 7\n");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return jdk;
  }

  private Path jdk25() throws IOException {
    return jdk("usr/lib/jvm/jdk-25", "25.0.1");
  }

  private Path sdk(String name) throws IOException {
    Path sdk = Files.createDirectories(folder.resolve(name));
    Files.writeString(sdk.resolve("tornado-argfile"), "");
    return released(sdk, "5.2.0-jdk25");
  }

  private static Path released(Path sdk, String version) throws IOException {
    Files.createDirectories(sdk.resolve("etc"));
    Files.writeString(sdk.resolve("etc/tornado.release"), "version=" + version + "\nbranch=master\n");
    return sdk;
  }

  private void pretendABuild() throws IOException {
    Path jar = checkout.resolve("host/target/arturo4j-host.jar");
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, "");
  }

  private Outcome run(Map<String, String> settings, String... arguments) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(
        Stream.concat(Stream.of(checkout.resolve("arturo").toString()), Stream.of(arguments)).toList());
    Map<String, String> environment = builder.environment();
    environment.keySet().removeAll(List.of("JAVA_HOME", "TORNADOVM_HOME", "ARTURO_OPTS"));
    environment.put("HOME", folder.toString());
    environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    environment.putAll(settings);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
    process.getOutputStream().close();
    return new Outcome(process.waitFor(), Files.readString(out), Files.readString(err));
  }

  private void refused(Outcome outcome, String... parts) {
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err().lines()).singleElement().asString().startsWith("arturo: ").contains(parts);
    assertThat(maven).doesNotExist();
  }

  @Test
  void withoutJdk25ItSaysWhatToInstallAndBuildsNothing() throws Exception {
    Path old = jdk("usr/lib/jvm/jdk-21", "21.0.5");
    refused(run(Map.of("JAVA_HOME", old.toString()), "devices"), "needs JDK 25", "install one", "set JAVA_HOME");
    refused(run(Map.of(), "--show-command"), "needs JDK 25");
  }

  @Test
  void itFindsJdk25WhereverItUsuallyIs() throws Exception {
    Path old = jdk("usr/lib/jvm/jdk-21", "21.0.5");
    for (String path : List.of("own", ".sdkman/candidates/java/25-tem", "opt/jdk-25", "usr/lib/jvm/jdk-25")) {
      Path jdk = jdk(path, "25");
      Map<String, String> settings = Map.of("JAVA_HOME", (path.equals("own") ? jdk : old).toString());
      assertThat(run(settings, "--show-command").out()).startsWith(jdk + "/bin/java ");
      Files.delete(jdk.resolve("release"));
    }
  }

  @Test
  void showCommandAnswersBeforeAnythingIsBuilt() throws Exception {
    Path jdk = jdk25();
    Outcome outcome = run(Map.of("ARTURO_OPTS", "-Xmx3g -Xint"), "--show-command", "train", "a b");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out())
        .startsWith(jdk + "/bin/java -XX:LoopUnrollLimit=1000 ")
        .contains(" -Xmx3g -Xint -cp " + checkout + "/host/target/arturo4j-host.jar:")
        .endsWith("io.github.arturo4j.host.cli.Main train a\\ b \n")
        .doesNotContain("tornado");
    assertThat(maven).doesNotExist();
  }

  @Test
  void anSdkBringsItsArgumentFileAndNoFallBack() throws Exception {
    jdk25();
    Path sdk = sdk("sdk");
    Map<String, String> settings = Map.of("TORNADOVM_HOME", sdk.toString());
    String expected = "@" + sdk + "/tornado-argfile -Dtornado.recover.bailout=False";
    assertThat(run(settings, "--show-command", "devices").out()).contains(expected);
    assertThat(run(settings, "--show-command", "devices", "--device", "0:0").out()).contains(expected);
  }

  @Test
  void anSdkThatDoesNotNameItsJdkIsUsedButNamed() throws Exception {
    jdk25();
    Path sdk = sdk("sdk");
    Files.delete(sdk.resolve("etc/tornado.release"));
    Map<String, String> settings = Map.of("TORNADOVM_HOME", sdk.toString());
    Outcome outcome = run(settings, "--show-command", "devices");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("@" + sdk + "/tornado-argfile ");
    assertThat(outcome.err().lines()).singleElement().asString()
        .startsWith("arturo: the TornadoVM SDK in '" + sdk + "' does not name its JDK")
        .contains("if it is not made for JDK 25, set TORNADOVM_HOME");
  }

  private void uses(Path sdk, Map<String, String> settings) throws Exception {
    Outcome outcome = run(settings, "--show-command", "devices");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).contains("/bin/java @" + sdk + "/tornado-argfile ");
    if (settings.containsKey("TORNADOVM_HOME")) {
      assertThat(outcome.err()).isEmpty();
    } else {
      assertThat(outcome.err().lines()).singleElement().asString()
          .startsWith("arturo: uses the TornadoVM SDK in '" + sdk + "'")
          .contains("TORNADOVM_HOME", "--device jvm");
    }
  }

  @Test
  void anSdkIsFoundThroughItsVariableSdkmanOrThePath() throws Exception {
    jdk25();
    Path onPath = sdk("opt/tornadovm");
    executable(onPath.resolve("bin/tornado"), "#!/bin/sh\n");
    Path links = Files.createDirectory(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("tornado"), onPath.resolve("bin/tornado"));
    Map<String, String> path = Map.of("PATH", links + ":" + folder.resolve("bin") + ":/usr/bin:/bin");
    uses(onPath, path);

    Path sdkman = sdk(".sdkman/candidates/tornadovm/5.2.0");
    Path current = Files.createSymbolicLink(sdkman.resolveSibling("current"), sdkman.getFileName());
    uses(current, path);

    Path named = sdk("named");
    uses(named, Map.of("PATH", path.get("PATH"), "TORNADOVM_HOME", named.toString()));
  }

  @Test
  void anSdkThatIsThereIsLeftOutWhereNoneIsWanted() throws Exception {
    jdk25();
    sdk(".sdkman/candidates/tornadovm/current");
    Outcome jvm = run(Map.of(), "--show-command", "devices", "--device", "jvm");
    Outcome none = run(Map.of("TORNADOVM_HOME", ""), "--show-command", "devices");
    for (Outcome outcome : List.of(jvm, none)) {
      assertThat(outcome.code()).isZero();
      assertThat(outcome.out()).doesNotContain("tornado");
      assertThat(outcome.err()).isEmpty();
    }
  }

  @Test
  void theProgramIsToldWhichSdkWasFound() throws Exception {
    Path jdk = jdk25();
    executable(jdk.resolve("bin/java"), "#!/bin/sh\necho \"$TORNADOVM_HOME\"\n");
    pretendABuild();
    Path sdk = sdk(".sdkman/candidates/tornadovm/current");
    assertThat(run(Map.of(), "devices").out()).isEqualTo(sdk + "\n");
  }

  @Test
  void theJvmDeviceLeavesTheSdkOutEvenABrokenOne() throws Exception {
    jdk25();
    Map<String, String> settings = Map.of("TORNADOVM_HOME", folder.resolve("nowhere").toString());
    for (String[] device : new String[][] {{"--device", "jvm"}, {"--device=jvm"}}) {
      List<String> words = Stream.concat(Stream.of("--show-command", "doctor"), Stream.of(device)).toList();
      Outcome outcome = run(settings, words.toArray(String[]::new));
      assertThat(outcome.code()).isZero();
      assertThat(outcome.out()).doesNotContain("tornado-argfile").endsWith(String.join(" ", device) + " \n");
    }
    refused(run(settings, "train", "jvm", "--device", "0:0"), "is no TornadoVM SDK");
    refused(run(settings, "train", "--out", "jvm"), "is no TornadoVM SDK");
  }

  @Test
  void aFolderThatIsNoSdkIsRefused() throws Exception {
    jdk25();
    Path nothing = folder.resolve("nothing");
    refused(run(Map.of("TORNADOVM_HOME", nothing.toString()), "devices"), "TORNADOVM_HOME is '" + nothing + "'",
        "no TornadoVM SDK", "or run on the plain JVM with --device jvm");
  }

  @Test
  void anSdkThatIsNewOrWasMovedIsRefusedWithTheCommandThatMendsIt() throws Exception {
    Path jdk = jdk25();
    Path sdk = sdk(".sdkman/candidates/tornadovm/current");
    Path file = sdk.resolve("tornado-argfile");
    String remedy = "'rm -f " + file + "; TORNADOVM_HOME=" + sdk + " JAVA_HOME=" + jdk + " " + sdk
        + "/bin/tornado --version'";
    Files.move(file, sdk.resolve("tornado-argfile.template"));
    refused(run(Map.of(), "devices"), "no tornado-argfile for this folder", remedy, "--device jvm");
    Files.writeString(file, "-server\n-Djava.library.path=" + sdk + "/lib\n");
    refused(run(Map.of(), "devices"), "no tornado-argfile for this folder", remedy, "--device jvm");
    Files.createDirectory(sdk.resolve("lib"));
    uses(sdk, Map.of());
  }

  @Test
  void anSdkForAnotherJdkIsRefused() throws Exception {
    Path jdk = jdk25();
    Path released = released(sdk("released"), "4.0.1-jdk21");
    Path named = sdk("named");
    Files.delete(named.resolve("etc/tornado.release"));
    Files.createDirectories(named.resolve("share/java/tornado"));
    Files.writeString(named.resolve("share/java/tornado/tornado-api-4.0.1-jdk21.jar"), "");
    for (Path sdk : List.of(released, named)) {
      refused(run(Map.of("TORNADOVM_HOME", sdk.toString()), "train", "fmnist_cnn"), "'" + sdk + "'",
          "made for JDK 21", "runs on JDK 25 (" + jdk + ")", "install the SDK for JDK 25");
    }
    Path found = released(sdk(".sdkman/candidates/tornadovm/current"), "4.0.1-jdk21");
    refused(run(Map.of(), "train", "fmnist_cnn"), "'" + found + "' is made for JDK 21");
  }

  @Test
  void whatIsBuiltIsRunWithTheArgumentsAndItsExitCodeComesBack() throws Exception {
    jdk25();
    pretendABuild();
    Outcome outcome = run(Map.of(), "train", "my experiment.yaml", "*");
    assertThat(outcome.out()).endsWith("<io.github.arturo4j.host.cli.Main>\n<train>\n<my experiment.yaml>\n<*>\n");
    assertThat(outcome.code()).isEqualTo(7);
    assertThat(maven).doesNotExist();
  }

  @Test
  void whatIsNotBuiltIsBuiltFirstAndAFailureSaysHowToSeeIt() throws Exception {
    jdk25();
    Outcome outcome = run(Map.of(), "devices");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err().lines()).hasSize(2).last().asString().startsWith("arturo: the build failed; 'mvn ");
    assertThat(maven).exists();
  }
}
