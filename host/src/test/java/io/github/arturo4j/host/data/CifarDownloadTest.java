// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The download of CIFAR's archives from a server on the loopback. */
class CifarDownloadTest {
  private static final String ARCHIVE = "cifar-100-binary.tar.gz";

  @TempDir Path temporary;
  private LocalServer server;
  private Path cache;
  private Map<String, byte[]> files;
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void serve() throws Exception {
    cache = temporary.resolve("cache/cifar-100");
    server = new LocalServer();
    files = new TreeMap<>();
    files.put("coarse_label_names.txt", "aquatic mammals\n".getBytes());
    files.put("train.bin", CifarFiles.records(7, 2, 5, 1));
    files.put("test.bin", CifarFiles.records(3, 2, 5, 2));
    server.served.put(ARCHIVE, CifarFiles.tarGz("cifar-100-binary", files));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String md5(byte[] content) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
  }

  private Path fetch(String md5) {
    return Cifar.CIFAR_100.fetch(cache, server.address(), md5, told::add);
  }

  private void fails(String md5, String... parts) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> fetch(md5))
        .withMessageContainingAll(parts)
        .withMessageEndingWith(
            "; get the archive by other means and unpack it in '" + cache
                + "', or name the folder with its files train.bin to test.bin with --data")
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
  }

  @Test
  void keepsTheArchivesFilesAndFetchesItOnce() throws Exception {
    String md5 = md5(server.served.get(ARCHIVE));
    assertThat(fetch(md5)).isEqualTo(cache);
    assertThat(cache.toFile().list()).containsExactlyInAnyOrder("train.bin", "test.bin", ".lock");
    assertThat(Files.readAllBytes(cache.resolve("train.bin"))).isEqualTo(files.get("train.bin"));
    assertThat(Files.readAllBytes(cache.resolve("test.bin"))).isEqualTo(files.get("test.bin"));
    fetch(md5);
    assertThat(server.asked).containsExactly(ARCHIVE);
    Files.delete(cache.resolve("test.bin"));
    fetch(md5);
    assertThat(server.asked).hasSize(2);
    assertThat(Files.readAllBytes(cache.resolve("test.bin"))).isEqualTo(files.get("test.bin"));
    long size = server.served.get(ARCHIVE).length;
    assertThat(told)
        .hasSize(2)
        .containsOnly(
            "Downloading " + server.address() + ARCHIVE
                + String.format(Locale.ROOT, " (%.1f MB) into '%s'", size * 1e-6, cache));
  }

  @Test
  void anArchiveThatTheUserUnpackedInTheCacheIsNotFetched() throws Exception {
    Path unpacked = Files.createDirectories(cache.resolve("cifar-100-binary"));
    Files.write(unpacked.resolve("train.bin"), files.get("train.bin"));
    String md5 = md5(server.served.get(ARCHIVE));
    Files.write(unpacked.resolve("test.bin"), files.get("test.bin"));
    assertThat(fetch(md5)).isEqualTo(unpacked);
    assertThat(server.asked).isEmpty();
    Files.delete(unpacked.resolve("test.bin")); // not all of it
    assertThat(fetch(md5)).isEqualTo(cache);
    assertThat(server.asked).hasSize(1);
  }

  @Test
  void whatIsNotTheArchiveIsRefusedAndNothingIsLeft() throws Exception {
    byte[] whole = server.served.get(ARCHIVE);
    String md5 = md5(whole);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    server.served.put(ARCHIVE, half);
    fails(md5, server.address() + ARCHIVE + " has MD5 " + md5(half) + ", not " + md5);
    server.served.remove(ARCHIVE);
    fails(md5, "cannot fetch " + server.address() + ARCHIVE + ": HTTP status 404");
    assertThat(cache.toFile().list()).containsExactly(".lock");
  }

  @Test
  void anArchiveThatEndsEarlyOrHasNotAllFilesIsNamed() throws Exception {
    byte[] whole = server.served.get(ARCHIVE);
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    server.served.put(ARCHIVE, half);
    fails(md5(half), ARCHIVE + " is truncated or no gzip file");
    files.remove("train.bin");
    server.served.put(ARCHIVE, CifarFiles.tarGz("cifar-100-binary", files));
    fails(md5(server.served.get(ARCHIVE)), ARCHIVE + " has no file train.bin");
    assertThat(cache.toFile().list()).containsExactlyInAnyOrder("test.bin", ".lock"); // a whole one, and no part
  }
}
