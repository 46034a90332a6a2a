// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.data.FolderListing;
import io.github.arturo4j.host.io.FileKind;
import io.github.arturo4j.host.io.Reason;
import io.github.arturo4j.host.io.RegularFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Arrays with names, in an archive .npz, or in files NAME.npy of a folder. An array is read when it is asked for. */
final class NumpyArrays {
  private static final String NPY = ".npy";
  private static final long MAX_RATIO = 1032;

  private final Path source;

  /** Of an archive, or of a folder. */
  NumpyArrays(Path source) {
    this.source = source;
  }

  /** The names of all arrays, without {@code .npy}. */
  List<String> names() {
    if (Files.isDirectory(source)) {
      try (Stream<Path> files = Files.list(source)) {
        return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(NPY)).map(NumpyArrays::stem)
            .sorted().toList();
      } catch (IOException e) {
        throw DataException.unreadableFolder(source, e);
      }
    }
    return zip(zip -> zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith(NPY)).map(NumpyArrays::stem)
        .sorted().toList());
  }

  private static String stem(String name) {
    return name.substring(0, name.length() - NPY.length());
  }

  /** The array of a name. */
  NpyArray read(String name) {
    if (Files.isDirectory(source)) {
      return NpyArray.read(source.resolve(name + NPY));
    }
    return zip(zip -> read(zip, zip.getEntry(name + NPY)));
  }

  /**
   * The file of an array, to be streamed.
   *
   * @throws DataException if it is one of an archive
   */
  Path file(String name) {
    if (!Files.isDirectory(source)) {
      throw new DataException(
          "'" + source + "' is an archive, whose arrays are read whole; unpack it into a folder, and name that to have them streamed");
    }
    return source.resolve(name + NPY);
  }

  /** Whether an array is a file by itself, and more than one in memory can be. */
  boolean isTooLarge(String name) {
    return Files.isDirectory(source) && NpyStream.isTooLarge(file(name));
  }

  /** What is there, for a message about what is not. */
  String listing() {
    return Files.isDirectory(source)
        ? FolderListing.of(source)
        : names().isEmpty() ? "there are no arrays" : "there are: " + String.join(", ", names());
  }

  private NpyArray read(ZipFile zip, ZipEntry entry) throws IOException {
    String name = "'" + source + "', " + entry.getName();
    try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
      NpyArray array = NpyArray.read(name, in, maxBytes(entry));
      if (in.getChecksum().getValue() != entry.getCrc()) {
        throw new NpyFault("is damaged: its checksum is wrong", NpyFault.ANEW);
      }
      return array;
    } catch (NpyFault fault) {
      throw new DataException(name + " " + fault.line(), fault);
    } catch (ZipException | EOFException e) {
      throw new DataException(name + " is damaged: it does not unpack (" + Reason.of(e) + "); " + NpyFault.ANEW, e);
    }
  }

  /** Bytes that an entry may have, whatever it says: deflate packs them to a 1,032nd at most. */
  private long maxBytes(ZipEntry entry) throws IOException {
    long packed = Math.min(entry.getCompressedSize(), Files.size(source));
    return Math.min(entry.getSize(), entry.getMethod() == ZipEntry.DEFLATED ? MAX_RATIO * packed : packed);
  }

  private interface Use<T> {
    T of(ZipFile zip) throws IOException;
  }

  private <T> T zip(Use<T> use) {
    try {
      RegularFile.check(source);
      checkKind();
      try (ZipFile zip = new ZipFile(source.toFile())) {
        return use.of(zip);
      }
    } catch (ZipException | IllegalArgumentException e) { // the latter of names that are no text
      throw new DataException(
          "'" + source + "' is damaged, or no archive of NumPy's (" + Reason.of(e) + "); " + NpyFault.ANEW, e);
    } catch (IOException e) {
      throw DataException.unreadable(source, e);
    }
  }

  private void checkKind() {
    Optional<FileKind> kind = FileKind.of(source).filter(each -> each != FileKind.ZIP);
    if (kind.isPresent()) {
      String remedy = kind.get() == FileKind.NUMPY ? "name the folder that it is in, or write with np.savez" : kind.get().remedy();
      throw new DataException("'" + source + "' is " + kind.get().words() + ", no archive .npz; " + remedy);
    }
  }
}
