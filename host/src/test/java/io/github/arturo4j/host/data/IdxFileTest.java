// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files in MNIST's format: three images of 1×2 pixels, and what is wrong with them, in the line that is said. */
class IdxFileTest {
  private static final byte[] IMAGES = hex("00000803 00000003 00000001 00000002 010203040506");
  private static final byte[] LABELS = hex("00000801 00000003 000102");
  private static final String ANEW = "fetch or write it anew";

  @TempDir Path folder;
  private Path images;
  private Path labels;

  @BeforeEach
  void write() throws IOException {
    images = Files.write(folder.resolve("train-images-idx3-ubyte"), IMAGES);
    labels = Files.write(folder.resolve("train-labels-idx1-ubyte"), LABELS);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  private static byte[] gzip(byte[]... members) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] member : members) {
      try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
        gzip.write(member);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  private ImageSet train() {
    return new IdxFolder(folder, new Shape(1, 1, 2), new OwnImages(line -> {})).train();
  }

  private void refused(String line) {
    assertThatExceptionOfType(DataException.class).isThrownBy(this::train).withMessage(line);
  }

  @Test
  void isReadAsWhatItIsWhateverItsName() throws IOException {
    for (byte[] content :
        new byte[][] {
          IMAGES, gzip(IMAGES), gzip(Arrays.copyOf(IMAGES, 7), Arrays.copyOfRange(IMAGES, 7, IMAGES.length))
        }) {
      for (String name : new String[] {"train-images-idx3-ubyte", "train-images-idx3-ubyte.gz"}) {
        Files.deleteIfExists(images);
        images = Files.write(folder.resolve(name), content);
        assertThat(train().pixels()).containsExactly(1, 2, 3, 4, 5, 6);
      }
    }
  }

  @Test
  void oneOfTwoFilesIsTakenOnlyIfTheyAreTheSame() throws IOException {
    Path packed = folder.resolve("train-labels-idx1-ubyte.gz");
    Files.write(packed, gzip(LABELS));
    assertThat(train().labels()).containsExactly(0, 1, 2);
    Files.write(packed, gzip(hex("00000801 00000003 000201")));
    refused("'" + labels + "' and '" + packed + "' are both there, and differ; move the wrong one out of the folder");
  }

  record Fault(byte[] content, String line) {
    @Override
    public String toString() {
      return line;
    }
  }

  static Stream<Fault> faults() {
    byte[] gzip = gzip(IMAGES);
    byte[] crc = gzip.clone();
    crc[crc.length - 5] ^= 1;
    byte[] block = gzip.clone();
    block[10] = 7; // a block type that is none
    return Stream.of(
        fault("", "is empty", ANEW),
        fault("0000", "begins with the bytes 00 00, so it is not in MNIST's format (IDX)", ANEW),
        fault("01000803", "begins with the bytes 01 00 08 03, so it is not in MNIST's format (IDX)", ANEW),
        fault("00000803", "ends within its header", ANEW),
        fault("00000803 00000003 00000001 000002", "ends within its header", ANEW),
        fault("00000803 00000003 00000000 00000002", "says that dimension 2 has 0 entries", ANEW),
        fault("00000803 ffffffff 00000001 00000002", "says that dimension 1 has -1 entries", ANEW),
        fault("00000803 7fffffff 7fffffff 7fffffff", "says that it holds more than 2,147,483,631 values, too many for"
            + " one array", "leave out some images"),
        fault("00000803 00000003 00000001 00000002 0102030405", "ends after 5 of 6 values", ANEW),
        fault("00000803 7ffffff0 00000001 00000001 01", "says that it holds more than 2,147,483,631 values, too many"
            + " for one array", "leave out some images"),
        fault("00000803 00000003 00000001 00000002 01020304050607", "goes on after its 6 values", ANEW),
        fault("00000c03 00000003 00000001 00000002", "holds 32-bit integers (IDX type 0x0c), not unsigned bytes (0x08)",
            "write its values as unsigned bytes, in NumPy with .astype('uint8')"),
        fault("00000d03 00000003 00000001 00000002", "holds 32-bit floats (IDX type 0x0d), not unsigned bytes (0x08)",
            "write its values as unsigned bytes, in NumPy with .astype('uint8')"),
        fault("0000ff03 00000003", "holds another type (IDX type 0xff), not unsigned bytes (0x08)",
            "write its values as unsigned bytes, in NumPy with .astype('uint8')"),
        fault("00000804 00000003 00000001 00000002 00000001 010203040506", "has 4 dimensions, not 3",
            "images have three, their number, rows and columns, in NumPy .reshape(n, rows, columns)"),
        fault("000008ff 00000003 00000001 00000002", "has 255 dimensions, not 3",
            "images have three, their number, rows and columns, in NumPy .reshape(n, rows, columns)"),
        fault("00000801 00000003 000102", "has 1 dimension, not 3",
            "images have three, their number, rows and columns, in NumPy .reshape(n, rows, columns)"),
        fault("504b0304 14000000", "is a zip archive", "unpack it"),
        fault("934e554d5059 01007600", "is an array of NumPy's", "convert it in Python"),
        new Fault("<!doctype html>\n<p>".getBytes(StandardCharsets.UTF_8),
            "is a web page in place of the file; fetch the file itself: a server has answered with a page"),
        new Fault("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n".getBytes(StandardCharsets.UTF_8),
            "is a pointer of Git LFS in place of the file; fetch the file with 'git lfs pull'"),
        new Fault(gzip(gzip), "is compressed with gzip; unpack it with gunzip"), // twice
        new Fault(gzip(Arrays.copyOf(IMAGES, 20)), "ends after 4 of 6 values; " + ANEW),
        new Fault(gzip(IMAGES, IMAGES), "goes on after its 6 values; " + ANEW),
        new Fault(join(gzip, hex("0a")), "goes on for 1 bytes behind its gzip data; " + ANEW),
        new Fault(join(gzip, new byte[100_000]), "goes on for 100,000 bytes behind its gzip data; " + ANEW),
        new Fault(Arrays.copyOf(gzip, gzip.length - 1), "is truncated: its gzip data end too early; " + ANEW),
        new Fault(Arrays.copyOf(gzip, 15), "is truncated: its gzip data end too early; " + ANEW),
        new Fault(Arrays.copyOf(gzip, 5), "is truncated: its gzip data end too early; " + ANEW),
        new Fault(crc, "is damaged: its gzip data do not unpack (Corrupt GZIP trailer); " + ANEW),
        new Fault(block, "is damaged: its gzip data do not unpack (invalid block type); " + ANEW));
  }

  private static Fault fault(String digits, String what, String remedy) {
    return new Fault(hex(digits), what + "; " + remedy);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isNamedWithWhatMendsIt(Fault fault) throws IOException {
    Files.write(images, fault.content);
    refused("'" + images + "' " + fault.line);
  }

  @Test
  void aPublishedFileIsFetchedAnewInstead() throws IOException {
    Files.write(labels, gzip(hex("00000c01 00000003")));
    Published published = new Published("dots", Set.of(), 3, 3, 3, "delete it");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new IdxFolder(folder, new Shape(1, 1, 2), published).train())
        .withMessage("'" + labels + "' holds 32-bit integers (IDX type 0x0c), not unsigned bytes (0x08); delete it");
  }

  @Test
  void partsThatDoNotGoTogetherAreNamed() throws IOException {
    Files.write(labels, hex("00000801 00000002 0001"));
    refused("'" + labels + "' has 2 labels for the 3 images of '" + images + "'; give each image one label");
    Files.write(labels, IMAGES);
    refused("'" + labels + "' has 3 dimensions, not 1; labels have one, an entry for each image");
    Files.delete(labels);
    refused("'" + labels + ".gz' is missing, and 'train-labels-idx1-ubyte' too; there are: train-images-idx3-ubyte: put"
        + " it there, or name another folder with --data");
    Files.createDirectory(labels);
    refused("cannot read '" + labels + "': it is a folder; it must be a file that you may read");
  }
}
