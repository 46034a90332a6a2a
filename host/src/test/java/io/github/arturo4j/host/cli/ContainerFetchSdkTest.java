// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.cli.Cli.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What brings the images their SDK, as a process: from a release's archive, a folder, or an image of TornadoVM's. */
@DisabledOnOs(OS.WINDOWS)
class ContainerFetchSdkTest {
  private static final String INSTEAD = "or give an unpacked SDK with --build-context tornadovm=/path/to/the/sdk";

  @TempDir Path folder;
  private Path context;
  private Path destination;

  @BeforeEach
  void makeTheContext() throws IOException {
    context = Files.createDirectory(folder.resolve("the context"));
    destination = folder.resolve("destination");
  }

  private static void fillSdk(Path sdk, String backend) throws IOException {
    Files.createDirectories(sdk.resolve("etc"));
    Files.writeString(sdk.resolve("etc/tornado.backend"), backend);
    Files.writeString(sdk.resolve("tornado-argfile.template"), "-server\n");
  }

  private Path archive(String... names) throws IOException {
    Path file = folder.resolve("sdk.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write("released".getBytes());
      }
    }
    return file;
  }

  private Outcome fetch(Map<String, String> settings, String... options) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(
        Stream.of(
                Stream.of("../docker/fetch-sdk"), Stream.of(options),
                Stream.of(context.toString(), "opencl", destination.toString()))
            .flatMap(words -> words).toList());
    builder.environment().keySet().removeIf(name -> name.startsWith("TORNADOVM"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(settings);
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    int code = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
    return new Outcome(code, Files.readString(out), Files.readString(err));
  }

  private void refused(Outcome outcome, String... parts) {
    assertThat(outcome.err().lines()).singleElement().asString().startsWith("fetch-sdk: ").contains(parts);
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(destination).doesNotExist();
  }

  @Test
  void anUnpackedSdkIsCopied() throws Exception {
    fillSdk(context, "unpacked");
    assertThat(fetch(Map.of(), "--required")).isEqualTo(new Outcome(0, "", ""));
    assertThat(destination.resolve("etc/tornado.backend")).hasContent("unpacked");
  }

  @Test
  void anImageOfTornadoVmHasItsSdkInOptOrALinkThere() throws Exception {
    Path opt = Files.createDirectories(context.resolve("opt"));
    fillSdk(opt.resolve("tornadovm-8.2.0-cuda"), "of the image");
    Files.createSymbolicLink(opt.resolve("tornadovm"), Path.of("/opt/tornadovm-8.2.0-cuda")); // as the image sees it
    assertThat(fetch(Map.of(), "--required")).isEqualTo(new Outcome(0, "", ""));
    assertThat(destination.resolve("etc/tornado.backend")).hasContent("of the image");
    Files.delete(opt.resolve("tornadovm"));
    Files.move(opt.resolve("tornadovm-8.2.0-cuda"), opt.resolve("tornadovm"));
    assertThat(fetch(Map.of(), "--required").code()).isZero();
  }

  @Test
  void withoutAnSdkThereIsNoneUnlessThereMustBe() throws Exception {
    Files.writeString(context.resolve("LICENSE"), "");
    Outcome outcome = fetch(Map.of(), "--required");
    assertThat(outcome.code()).isEqualTo(1);
    assertThat(outcome.err()).isEqualTo(
        "fetch-sdk: there is no TornadoVM SDK for the image; name a release with --build-arg TORNADOVM=8.2.0, "
            + INSTEAD + "\n");
    assertThat(fetch(Map.of())).isEqualTo(new Outcome(0, "", ""));
    assertThat(destination).isEmptyDirectory();
  }

  @Test
  void anArchiveIsDownloadedAndItsChecksumComparedIfGiven() throws Exception {
    Path zip = archive("tornadovm-8.2.0-opencl/tornado-argfile.template", "tornadovm-8.2.0-opencl/etc/tornado.backend");
    String url = "file://" + zip;
    String sum = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(zip)));
    String wrong = "0".repeat(64);
    refused(fetch(Map.of("TORNADOVM", url, "TORNADOVM_SHA256", wrong)), "is " + sum + ", but", "'" + wrong + "'", INSTEAD);
    fillSdk(context, "unpacked"); // a release that is named goes before it
    for (String given : new String[] {"", sum, sum.toUpperCase()}) {
      assertThat(fetch(Map.of("TORNADOVM", url, "TORNADOVM_SHA256", given))).isEqualTo(new Outcome(0, "", ""));
      assertThat(destination.resolve("etc/tornado.backend")).hasContent("released");
    }
  }

  @Test
  void whatIsNoArchiveOfAnSdkIsRefused() throws Exception {
    String missing = "file://" + folder + "/missing.zip";
    refused(fetch(Map.of("TORNADOVM", missing)), "cannot download '" + missing + "' (curl: ", "/releases", INSTEAD);
    String zip = "file://" + archive("readme.txt");
    refused(fetch(Map.of("TORNADOVM", zip)), "'" + zip + "' holds no TornadoVM SDK");
    Path page = Files.writeString(folder.resolve("page.zip"), "<html>");
    refused(fetch(Map.of("TORNADOVM", "file://" + page)), "'file://" + page + "' is no zip archive");
  }

  /** The release's address, seen by a curl that only fails. */
  @Test
  void aReleaseIsAnArchiveOfTheProject() throws Exception {
    LauncherFixture.executable(folder.resolve("bin/curl"), "#!/bin/sh\necho 'curl: no' >&2\nexit 22\n");
    String path = folder.resolve("bin") + ":/usr/bin:/bin";
    for (String release : new String[] {"8.2.0", "v8.2.0"}) {
      refused(
          fetch(Map.of("TORNADOVM", release, "PATH", path)),
          "cannot download 'https://github.com/beehive-lab/TornadoVM/releases/download/v8.2.0/"
              + "tornadovm-8.2.0-jdk22plus-opencl-linux-amd64.zip' (curl: no)");
    }
  }
}
