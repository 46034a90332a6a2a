// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Fetches Fashion-MNIST's four files from its public address, and keeps only those whose content has the right SHA-256. */
final class FashionMnistDownload {
  private static final URI ADDRESS = URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/");
  private static final String REMEDY =
      "; install Debian's package dataset-fashion-mnist, or name a folder with the four files with --data";
  /** Of the unpacked files, since repackaging changes the packed ones. */
  private static final Map<String, String> SHA256 =
      Map.of(
          "t10k-images-idx3-ubyte.gz",
          "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
          "t10k-labels-idx1-ubyte.gz",
          "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34",
          "train-images-idx3-ubyte.gz",
          "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
          "train-labels-idx1-ubyte.gz",
          "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9");

  private final Path folder;
  private final URI address;
  private final Map<String, String> sha256;

  FashionMnistDownload(Path folder) {
    this(folder, ADDRESS, SHA256);
  }

  /** Fetches from {@code address} into {@code folder} the named files, whose unpacked contents have those SHA-256. */
  FashionMnistDownload(Path folder, URI address, Map<String, String> sha256) {
    this.folder = folder;
    this.address = address;
    this.sha256 = sha256;
  }

  /** Fetches what is missing; the folder. */
  Path complete() {
    for (Map.Entry<String, String> file : sha256.entrySet()) {
      if (!Files.exists(folder.resolve(file.getKey()))) {
        fetch(file.getKey(), file.getValue());
      }
    }
    return folder;
  }

  private void fetch(String name, String expected) {
    URI source = address.resolve(name);
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(15)).build()) {
      Files.createDirectories(folder);
      Path part = Files.createTempFile(folder, name, ".part");
      try {
        HttpResponse<InputStream> response =
            client.send(
                HttpRequest.newBuilder(source).timeout(Duration.ofMinutes(10)).build(),
                HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
          throw new DataException("cannot fetch " + source + ": HTTP status " + response.statusCode() + REMEDY);
        }
        try (InputStream body = response.body()) {
          Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
        }
        String actual = sha256(part);
        if (!actual.equals(expected)) {
          throw new DataException(source + " has SHA-256 " + actual + ", not " + expected + REMEDY);
        }
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (EOFException | ZipException e) {
      throw new DataException(source + " is truncated or no gzip file (" + e.getMessage() + ")" + REMEDY, e);
    } catch (IOException e) {
      throw new DataException("cannot fetch " + source + " into '" + folder + "': " + e + REMEDY, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DataException("interrupted while fetching " + source, e);
    }
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file), 1 << 16)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
