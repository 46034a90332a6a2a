// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.arturo4j.host.cli.Cli.Outcome;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lays out the images, as a process, with a Maven and a jlink that only say that they ran. */
@DisabledOnOs(OS.WINDOWS)
class ContainerAssembleTest {
  private static final String ARGUMENTS = "-Djava.library.path=SDK/lib\n--module-path .:SDK/share/java/tornado\n";

  @TempDir Path folder;
  private Path sources;
  private Path sdk;
  private Path image;

  @BeforeEach
  void prepare() throws IOException {
    sources = folder.resolve("my sources");
    sdk = Files.createDirectory(folder.resolve("sdk & [5]"));
    image = folder.resolve("image");
    for (String file : new String[] {"arturo", "LICENSE", "docker/entrypoint", "docker/healthcheck",
        "service/target/arturo4j-service.jar", "service/target/lib/a.jar"}) {
      write(sources.resolve(file), "");
    }
    Path launcher = sources.resolve("arturo");
    write(launcher, "#!/bin/sh\necho \"$JAVA_HOME|$TORNADOVM_HOME|$*\" >>'" + folder.resolve("started") + "'\n");
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    for (String tool : new String[] {"bin/mvn", "jdk/bin/java", "jdk/bin/jlink"}) {
      Path script = write(folder.resolve(tool), "#!/bin/sh\necho \"$*\" >>'" + folder.resolve("ran") + "'\n");
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }
  }

  private static Path write(Path file, String content) throws IOException {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  private void fillSdk() throws IOException {
    write(sdk.resolve("etc/tornado.backend"), "tornado.backends=opencl-backend\n");
    write(sdk.resolve("lib/libtornado-opencl.so"), "");
    write(sdk.resolve("share/java/tornado/tornado-api.jar"), "");
    write(sdk.resolve("LICENSE_MIT"), "");
  }

  private Outcome assemble() throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of("../docker/assemble").toString(), sources.toString(), sdk.toString(), image.toString());
    builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int code = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    return new Outcome(code, Files.readString(out), Files.readString(err));
  }

  private void refused(Outcome outcome, String line) {
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err().lines()).singleElement().asString().startsWith("assemble: ").contains(line);
    assertThat(folder.resolve("ran")).doesNotExist();
    assertThat(image).doesNotExist();
  }

  /** An SDK that has been run, and was moved since or not, and a fresh one, whose template has a placeholder. */
  @ParameterizedTest
  @CsvSource({"tornado-argfile,/opt/tornado", "tornado-argfile.template,${TORNADOVM_HOME}"})
  void theImagesArgumentFileNamesTheSdkWhereTheImageHasIt(String file, String home) throws Exception {
    fillSdk();
    write(sdk.resolve(file), ARGUMENTS.replace("SDK", home));
    assertThat(assemble()).isEqualTo(new Outcome(0, "", ""));
    assertThat(image.resolve("tornadovm/tornado-argfile"))
        .hasContent(ARGUMENTS.replace("SDK", "/opt/arturo/tornadovm"));
    assertThat(image.resolve("tornadovm/lib/libtornado-opencl.so")).exists();
    assertThat(image.resolve("tornadovm/LICENSE_MIT")).exists();
    assertThat(image.resolve("lib/a.jar")).exists();
    assertThat(image.resolve("lib/arturo4j-service.jar")).exists();
    assertThat(Files.readAllLines(folder.resolve("ran")))
        .contains("-cp " + image + "/lib/* io.github.arturo4j.host.cli.HelpTexts " + image + "/lib/help-texts");
  }

  /** The OpenCL backend of newer releases has no library of its own, but writes into a folder {@code var}. */
  @Test
  void anSdkWithoutLibrariesWillDo() throws Exception {
    fillSdk();
    Files.delete(sdk.resolve("lib/libtornado-opencl.so"));
    Files.delete(sdk.resolve("lib"));
    write(sdk.resolve("tornado-argfile.template"), "--module-path ${TORNADOVM_HOME}/share/java/tornado\n");
    assertThat(assemble()).isEqualTo(new Outcome(0, "", ""));
    assertThat(image.resolve("tornadovm/tornado-argfile"))
        .hasContent("--module-path /opt/arturo/tornadovm/share/java/tornado\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(image.resolve("tornadovm/var"))))
        .isEqualTo("rwxrwxrwx");
  }

  @Test
  void anSdkWithoutArgumentsIsRefusedBeforeTheBuild() throws Exception {
    fillSdk();
    refused(assemble(), "has neither tornado-argfile nor tornado-argfile.template; unpack the SDK anew");
    write(sdk.resolve("tornado-argfile"), "-server\n");
    refused(assemble(), "has no --module-path SDK/share/java/tornado; unpack the SDK anew");
  }

  /** Those that the words behind jlink's {@code --add-modules} name, and what these need in turn. */
  private Stream<ModuleReference> modulesOfTheImage() throws IOException {
    String command = Files.readAllLines(folder.resolve("ran")).getLast();
    String names = command.replaceFirst(".*--add-modules (\\S+).*", "$1");
    return Configuration.empty()
        .resolve(ModuleFinder.ofSystem(), ModuleFinder.of(), Set.of(names.split(","))).modules().stream()
        .map(ResolvedModule::reference);
  }

  @Test
  void theImagesJdkHasEveryPackageThatTheProgramUses() throws Exception {
    assertThat(assemble()).isEqualTo(new Outcome(0, "", ""));
    Set<String> there =
        modulesOfTheImage().flatMap(module -> module.descriptor().packages().stream()).collect(Collectors.toSet());
    Set<String> ofTheJdk =
        ModuleFinder.ofSystem().findAll().stream()
            .flatMap(module -> module.descriptor().packages().stream()).collect(Collectors.toSet());
    Set<String> used =
        new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.arturo4j").stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getBaseComponentType().getPackageName())
            .filter(ofTheJdk::contains)
            .collect(Collectors.toSet());
    assertThat(used).contains("java.util", "java.net.http", "javax.imageio");
    assertThat(there).containsAll(used);
  }

  @Test
  void withoutAnSdkTheImageHasNone() throws Exception {
    assertThat(assemble()).isEqualTo(new Outcome(0, "", ""));
    assertThat(image.resolve("tornadovm")).doesNotExist();
    assertThat(image.resolve("arturo")).exists();
    Path jdk = image.resolve("jdk");
    assertThat(folder.resolve("started")).content() // Java keeps those starts
        .startsWith(jdk + "||experiments\n" + jdk + "||--version\n" + jdk + "||serve --home ")
        .endsWith(" --port 0 --until-ready\n");
  }
}
