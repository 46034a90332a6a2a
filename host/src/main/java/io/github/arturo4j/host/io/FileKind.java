// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What often stands in a file's place, told by its first bytes, so that a message can name it. */
public enum FileKind {
  LFS_POINTER(
      "a pointer of Git LFS in place of the file", "fetch the file with 'git lfs pull'", "76657273696f6e206874747073"),
  ANNEX_POINTER(
      "a pointer of git-annex in place of the file", "fetch the file with 'git annex get'", "2f616e6e65782f"),
  WEB_PAGE("a web page in place of the file", "fetch the file itself: a server has answered with a page", ""),
  GZIP("compressed with gzip", "unpack it with gunzip", "1f8b08"),
  BZIP2("compressed with bzip2", "unpack it with bunzip2", "425a68"),
  XZ("compressed with xz", "unpack it with unxz", "fd377a585a00"),
  ZSTD("compressed with zstd", "unpack it with unzstd", "28b52ffd"),
  ZIP("a zip archive", "unpack it", "504b0304"),
  PICKLE("a pickle of Python's", "convert it in Python", ""),
  NUMPY("an array of NumPy's", "convert it in Python", "934e554d5059"),
  HDF5("an HDF5 file", "convert it in Python", "894844460d0a1a0a"),
  GGUF("a GGUF file", "convert it in Python", "47475546"),
  PNG("a PNG image", "convert it in Python", "89504e470d0a1a0a"),
  JPEG("a JPEG image", "convert it in Python", "ffd8ff");

  private static final int BEGIN = 256;

  private final String words;
  private final String remedy;
  private final byte[] magic;

  FileKind(String words, String remedy, String magic) {
    this.words = words;
    this.remedy = remedy;
    this.magic = HexFormat.of().parseHex(magic);
  }

  /** What it is, to stand behind "it is". */
  public String words() {
    return words;
  }

  /** What makes a file of it that can be read. */
  public String remedy() {
    return remedy;
  }

  /** The kind of a file; empty of one that is none of these, or cannot be read. */
  public static Optional<FileKind> of(Path file) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(BEGIN));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** The kind of a file that begins with those bytes. */
  public static Optional<FileKind> of(byte[] begin) {
    return Stream.of(values()).filter(kind -> kind.begins(begin)).findFirst();
  }

  private boolean begins(byte[] begin) {
    return switch (this) {
      case WEB_PAGE -> isPage(new String(begin, StandardCharsets.ISO_8859_1));
      case PICKLE -> begin.length > 1 && begin[0] == (byte) 0x80 && begin[1] >= 2 && begin[1] <= 5;
      default -> begin.length >= magic.length && Arrays.equals(begin, 0, magic.length, magic, 0, magic.length);
    };
  }

  private static boolean isPage(String text) {
    String begin = text.replace("\u00ef\u00bb\u00bf", "").stripLeading().toLowerCase(Locale.ROOT);
    return Stream.of("<!doctype", "<html", "<head", "<?xml").anyMatch(begin::startsWith);
  }
}
