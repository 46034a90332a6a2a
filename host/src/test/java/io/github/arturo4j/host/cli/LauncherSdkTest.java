// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static io.github.arturo4j.host.cli.LauncherFixture.executable;
import static io.github.arturo4j.host.cli.LauncherFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The launcher script and TornadoVM SDKs: which it finds, which it takes, and what it makes of them. */
@DisabledOnOs(OS.WINDOWS)
class LauncherSdkTest {
  private static final String HUGE_PAGES = "-XX:+UseTransparentHugePages ";
  private static final String TEMPLATE = """
      # a comment
      -server
      -Djava.library.path=${TORNADOVM_HOME}/lib
      --module-path .:${TORNADOVM_HOME}/share/java/tornado
      --add-modules ALL-SYSTEM,tornado.runtime,tornado.drivers.cuda
      """;

  @TempDir Path temporary;
  private LauncherFixture launcher;

  @BeforeEach
  void copyTheScript() throws IOException {
    launcher = new LauncherFixture(temporary);
  }

  private static Map<String, String> named(Path sdk) {
    return Map.of("TORNADOVM_HOME", sdk.toString());
  }

  private void uses(Path sdk, Map<String, String> settings) throws Exception {
    Outcome outcome = launcher.showCommand(settings);
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
  void anSdkBringsItsArgumentFileAndNoFallBack() throws Exception {
    launcher.jdk25();
    Path sdk = launcher.sdk("sdk", "5.2.0-jdk25");
    String expected = "@" + sdk + "/tornado-argfile -Dtornado.recover.bailout=False";
    assertThat(launcher.showCommand(named(sdk)).out()).contains(expected);
    assertThat(launcher.run(named(sdk), "--show-command", "devices", "--device", "0:0").out()).contains(expected);
  }

  @Test
  void anSdkIsFoundThroughItsVariableSdkmanOrThePath() throws Exception {
    launcher.jdk25();
    Path onPath = launcher.sdk("opt/tornadovm", "5.2.0-jdk25");
    executable(onPath.resolve("bin/tornado"), "#!/bin/sh\n");
    Path links = Files.createDirectory(launcher.folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("tornado"), onPath.resolve("bin/tornado"));
    Map<String, String> path = Map.of("PATH", links + ":" + launcher.folder.resolve("bin") + ":/usr/bin:/bin");
    uses(onPath, path);

    Path sdkman = launcher.sdk(".sdkman/candidates/tornadovm/5.2.0", "5.2.0-jdk25");
    Path current = Files.createSymbolicLink(sdkman.resolveSibling("current"), sdkman.getFileName());
    uses(current, path);

    Path own = launcher.sdk("own", "5.2.0-jdk25");
    uses(own, Map.of("PATH", path.get("PATH"), "TORNADOVM_HOME", own.toString()));
  }

  @Test
  void anSdkThatIsThereIsLeftOutWhereNoneIsWanted() throws Exception {
    launcher.jdk25();
    launcher.sdk(".sdkman/candidates/tornadovm/current", "5.2.0-jdk25");
    Outcome jvm = launcher.run(Map.of(), "--show-command", "devices", "--device", "jvm");
    Outcome none = launcher.showCommand(Map.of("TORNADOVM_HOME", ""));
    for (Outcome outcome : List.of(jvm, none)) {
      assertThat(outcome.code()).isZero();
      assertThat(outcome.out()).doesNotContain("tornado");
      assertThat(outcome.err()).isEmpty();
    }
  }

  @Test
  void theProgramIsToldWhichSdkWasFound() throws Exception {
    executable(launcher.jdk25().resolve("bin/java"), "#!/bin/sh\necho \"$TORNADOVM_HOME\"\n");
    Path sdk = launcher.sdk(".sdkman/candidates/tornadovm/current", "5.2.0-jdk25");
    assertThat(launcher.run(Map.of(), "devices").out()).isEqualTo(sdk + "\n");
  }

  @Test
  void theJvmDeviceLeavesTheSdkOutEvenABrokenOne() throws Exception {
    launcher.jdk25();
    Map<String, String> settings = named(launcher.folder.resolve("nowhere"));
    for (String[] device : new String[][] {{"--device", "jvm"}, {"--device=jvm"}}) {
      List<String> words = Stream.concat(Stream.of("--show-command", "doctor"), Stream.of(device)).toList();
      Outcome outcome = launcher.run(settings, words.toArray(String[]::new));
      assertThat(outcome.code()).isZero();
      assertThat(outcome.out()).doesNotContain("tornado-argfile").endsWith(String.join(" ", device) + " \n");
    }
    refused(launcher.run(settings, "train", "jvm", "--device", "0:0"), "is no TornadoVM SDK");
    refused(launcher.run(settings, "train", "--out", "jvm"), "is no TornadoVM SDK");
  }

  @Test
  void aFolderThatIsNoSdkIsRefused() throws Exception {
    launcher.jdk25();
    Path nothing = launcher.folder.resolve("nothing");
    refused(launcher.run(named(nothing), "devices"), "'" + nothing + "' is no TornadoVM SDK",
        "set TORNADOVM_HOME to the SDK's folder", "or run on the plain JVM with --device jvm");
    Path moved = launcher.sdk("moved", "5.2.0-jdk25");
    Files.writeString(moved.resolve("tornado-argfile"), TEMPLATE.replace("${TORNADOVM_HOME}", "/somewhere/else"));
    refused(launcher.run(named(moved), "devices"), "neither a tornado-argfile for this folder nor ", "unpack the SDK anew");
  }

  /** Release name, stated floor, the JDKs that are there, and the one it runs on. */
  @ParameterizedTest
  @CsvSource({
    "5.2.0-jdk25, '', 25, 25", // exactly this one, whatever else there is
    "5.2.0-jdk25, '', 25 27, 25", "5.2.0-jdk27, '', 25 27, 27", "6.0.0-jdk25-dev, '', 27 25, 25",
    "8.2.0-jdk22plus, '', 25, 25", "8.2.0-jdk22plus, '', 27, 27", "8.2.0-jdk22+, '', 26, 26", // a floor in the name
    "8.2.0, 22, 25, 25", "8.2.0-jdk22plus, 22, 26, 26", "9.0.0-jdk25, 25, 27, 27", "9.9, 26, 25 26, 26" // or beside it
  })
  void anSdkIsTakenByTheJdkThatItNeeds(String release, String floor, String installed, String used) throws Exception {
    for (String version : installed.split(" ")) {
      launcher.jdk("usr/lib/jvm/" + version, version);
    }
    Path sdk = launcher.sdk("sdk", release);
    if (!floor.isEmpty()) {
      Files.writeString(sdk.resolve("etc/tornado.jdk"), "# made for\ntornado.jdk.floor=" + floor + "\n");
    }
    Outcome outcome = launcher.showCommand(named(sdk));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).startsWith(launcher.folder + "/usr/lib/jvm/" + used + "/bin/java ");
  }

  /** JAVA_HOME is passed over where the SDK cannot run on its JDK, as where it is too old for arturo. */
  @Test
  void anSdkOfOneJdkGoesBeforeJavaHome() throws Exception {
    Path jdk = launcher.jdk25();
    Path newer = launcher.jdk("newer", "27");
    Map<String, String> settings = Map.of(
        "JAVA_HOME", newer.toString(), "TORNADOVM_HOME", launcher.sdk("sdk", "5.2.0-jdk25").toString());
    assertThat(launcher.showCommand(settings).out()).startsWith(jdk + "/bin/java ");
  }

  @ParameterizedTest
  @CsvSource({
    "4.0.1-jdk21, '', 'runs on JDK 21 only, but arturo needs JDK 25 or newer', 'named jdk22plus or jdk25'",
    "7.2.0-jdk21, 21, 'runs on JDK 21 only, but arturo needs JDK 25 or newer', 'named jdk22plus or jdk25'",
    "9.0.0-jdk28, '', 'runs on JDK 28 only, but there is JDK 25', 'install JDK 28 or set JAVA_HOME to it'",
    "9.0.0-jdk28plus, '', 'needs JDK 28 or newer, but there is JDK 25', 'install one or set JAVA_HOME to it'",
    "9.0.0, 28, 'needs JDK 28 or newer, but there is JDK 25', 'install one or set JAVA_HOME to it'"
  })
  void anSdkThatCannotRunHereIsRefusedWithWhatWould(String release, String floor, String cause, String remedy)
      throws Exception {
    launcher.jdk25();
    Path sdk = launcher.sdk("sdk", release);
    if (!floor.isEmpty()) {
      Files.writeString(sdk.resolve("etc/tornado.jdk"), "tornado.jdk.floor=" + floor + "\n");
    }
    String line = "the TornadoVM SDK in '" + sdk + "' " + cause;
    refused(launcher.run(named(sdk), "devices"), line, remedy, "or run on the plain JVM with --device jvm");
    Files.delete(sdk.resolve("etc/tornado.release")); // then the name of a jar tells
    Files.createDirectories(sdk.resolve("share/java/tornado"));
    Files.writeString(sdk.resolve("share/java/tornado/tornado-api-" + release + ".jar"), "");
    refused(launcher.run(named(sdk), "devices"), line, remedy);
  }

  @Test
  void anSdkThatDoesNotNameItsJdkIsTriedAndSaid() throws Exception {
    launcher.jdk25();
    for (String release : List.of("9.1.0", "10-jdkany", "9.1.0-jdk25lts")) {
      Path sdk = launcher.sdk("sdk", release);
      Outcome outcome = launcher.showCommand(named(sdk));
      assertThat(outcome.code()).isZero();
      assertThat(outcome.out()).contains("@" + sdk + "/tornado-argfile ");
      assertThat(outcome.err().lines()).singleElement().asString()
          .startsWith("arturo: the TornadoVM SDK in '" + sdk + "' does not say which JDK it needs")
          .endsWith("; trying JDK 25");
    }
  }

  @Test
  void everyModuleOfTheSdkMayCallNativeCodeAndNoneComesFromTheWorkingDirectory() throws Exception {
    launcher.jdk25();
    Path sdk = launcher.sdk("sdk", "8.2.0-jdk22plus");
    Files.createDirectories(sdk.resolve("share/java/tornado"));
    Files.writeString(sdk.resolve("tornado-argfile"), TEMPLATE.replace("${TORNADOVM_HOME}", sdk.toString()));
    assertThat(launcher.showCommand(named(sdk)).out())
        .contains("/tornado-argfile ", " --module-path " + sdk + "/share/java/tornado ")
        .contains(" --enable-native-access=ALL-UNNAMED\\,tornado.runtime\\,tornado.drivers.cuda ");
  }

  /** Java refuses to start with two; TornadoVM 5.2 names one in its argument file. */
  @ParameterizedTest
  @CsvSource({
    "train, '', ''",
    "serve, '', '-XX:TieredStopAtLevel=1 -XX:-UseParallelGC -XX:+UseSerialGC -Xms16m -Darturo.opts '",
    "--help, '', '-XX:TieredStopAtLevel=1 -XX:-UseParallelGC -XX:+UseSerialGC '",
    "train, -XX:+UseZGC, '-XX:-UseParallelGC '",
    "serve, -XX:+UseZGC, '-XX:-UseParallelGC -XX:TieredStopAtLevel=1 -Xms16m -Darturo.opts '",
  })
  void thereIsOneCollectorWhateverTheSdkNames(String command, String options, String expected) throws Exception {
    launcher.jdk25();
    Path sdk = launcher.sdk("sdk", "5.2.0-jdk25");
    Files.writeString(sdk.resolve("tornado-argfile"), "-XX:+UseParallelGC\n-XX:+EnableJVMCI\n");
    Map<String, String> settings = Map.of("TORNADOVM_HOME", sdk.toString(), "ARTURO_OPTS", options);
    String shown = launcher.run(settings, "--show-command", command).out();
    assertThat(shown.replace(HUGE_PAGES, "")) // which are asked for where the system has them so
        .contains(" -Djdk.reflect.useNativeAccessorOnly=true ")
        .contains(" --enable-native-access=ALL-UNNAMED " + expected + (options.isEmpty() ? "" : options + " ") + "-cp ");
    assertThat(!shown.contains(HUGE_PAGES) || command.equals("train")).isTrue();
  }

  /** A new SDK has the template only, one that was moved an argument file of another place, too. */
  @ParameterizedTest
  @CsvSource({"sdk, ''", "sdk, /elsewhere", "my sdk \\ \" & [5] ü, ''", "my sdk, here"})
  void theTemplateIsExpandedIntoTheCache(String name, String own) throws Exception {
    launcher.jdk25();
    Path sdk = launcher.sdk(name, "8.2.0-jdk22plus");
    Files.createDirectories(sdk.resolve("share/java/tornado"));
    Files.writeString(sdk.resolve("tornado-argfile.template"), TEMPLATE);
    Files.delete(sdk.resolve("tornado-argfile"));
    if (!own.isEmpty()) {
      String place = own.equals("here") ? sdk.toString() : own; // with a blank in it, at which Java would split it
      Files.writeString(sdk.resolve("tornado-argfile"), TEMPLATE.replace("${TORNADOVM_HOME}", place));
    }
    Outcome outcome = launcher.showCommand(named(sdk));
    assertThat(outcome.err()).isEmpty();
    Path cache = launcher.folder.resolve(".cache/arturo4j/tornadovm");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache))).isEqualTo("rwx------");
    List<Path> made;
    try (Stream<Path> files = Files.list(cache)) {
      made = files.toList();
    }
    assertThat(made).singleElement().satisfies(file -> assertThat(outcome.out()).contains("/bin/java @" + file + " "));
    String place = "\"" + sdk.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    String expanded = TEMPLATE.replace("${TORNADOVM_HOME}", place).replace(" .:", " ");
    assertThat(made.get(0)).hasContent(expanded);
    Files.writeString(made.get(0), "-javaagent:evil.jar\n"); // what is there already is not believed
    assertThat(launcher.showCommand(named(sdk))).isEqualTo(outcome);
    assertThat(made.get(0)).content().doesNotContain("evil");
  }

  @Test
  void aCacheThatCannotBeWrittenOrThatOthersWriteIsRefused() throws Exception {
    launcher.jdk25();
    Path sdk = launcher.sdk("sdk", "8.2.0-jdk22plus");
    Files.move(sdk.resolve("tornado-argfile"), sdk.resolve("tornado-argfile.template"));
    Path cache = launcher.folder.resolve("cache");
    Map<String, String> settings = Map.of("TORNADOVM_HOME", sdk.toString(), "XDG_CACHE_HOME", cache.toString());
    Files.writeString(cache, "a file");
    refused(launcher.run(settings, "devices"), "cannot make the folder '" + cache + "/arturo4j/tornadovm'",
        "set XDG_CACHE_HOME to a folder that you may write");
    Files.delete(cache);
    Path shared = Files.createDirectories(cache.resolve("arturo4j/tornadovm"));
    Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
    refused(launcher.run(settings, "devices"), "others may write to the folder '" + shared + "'",
        "set XDG_CACHE_HOME to a folder of your own");
  }
}
