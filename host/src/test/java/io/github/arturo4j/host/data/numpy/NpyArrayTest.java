// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.github.arturo4j.host.data.DataException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arrays that NumPy 1.24 has written, of 0 to 11 in (2, 3, 2) but for some; and what is wrong with others. */
class NpyArrayTest {
  private static final String ANEW = "; fetch or write it anew";

  @TempDir Path folder;

  private static Path file() {
    try {
      return Path.of(NpyArrayTest.class.getResource("/numpy.npz").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static NumpyArrays numpy() {
    return new NumpyArrays(file());
  }

  static Stream<String> numbers() {
    return numpy().names().stream().filter(name -> name.matches("[iuf][1248].*"));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void numbersOfAllTypesAndOrdersAreNumPys(String name) {
    NpyArray array = numpy().read(name);
    assertThat(array.shape()).containsExactly(2, 3, 2);
    float[] floats = array.floats();
    for (int i = 0; i < 12; i++) {
      float wanted =
          switch (name.charAt(0)) {
            case 'i' -> i * 20 - 100;
            case 'u' -> i * 20;
            default -> i * .75f - 3;
          };
      assertThat(floats[i]).isEqualTo(wanted);
      assertThat(array.whole(i)).isEqualTo((long) wanted);
    }
    assertThat(array.isWhole()).isEqualTo(name.charAt(0) != 'f');
    assertThat(array.isBytes()).isEqualTo(name.startsWith("u1"));
  }

  @Test
  void otherArraysAreNumPys() {
    assertThat(numpy().read("bool").floats()).containsExactly(1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0);
    assertThat(numpy().read("bool").isWhole()).isTrue();
    assertThat(numpy().read("extreme_u8").floats()).containsExactly(0x1p64f, 0x1p63f, 5);
    assertThat(numpy().read("extreme_i8").whole(0)).isEqualTo(Long.MIN_VALUE);
    assertThat(numpy().read("extreme_i8").whole(1)).isEqualTo(Long.MAX_VALUE);
    assertThat(numpy().read("extreme_u4").whole(0)).isEqualTo(0xffff_ffffL);
    assertThat(numpy().read("half").floats()).containsExactly(65504, -0f, 0x1p-24f, Float.POSITIVE_INFINITY, 0.3330078125f);
    assertThat(numpy().read("scalar").floats()).containsExactly(7.5f);
    assertThat(numpy().read("scalar").count()).isEqualTo(1);
    assertThat(numpy().read("empty").size()).isZero();
    NpyArray fortran = numpy().read("fortran");
    assertThat(fortran.shape()).containsExactly(2, 3, 4);
    for (int i = 0; i < 24; i++) {
      assertThat(fortran.whole(i)).isEqualTo(i);
    }
    for (String name : List.of("v2", "v3", "stored")) {
      assertThat(numpy().read(name).floats()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    }
  }

  @Test
  void whatIsNoNumberIsRefused() {
    String numbers = "no numbers that can be read; write numbers, in NumPy with .astype('float32')";
    String texts = "no numbers that can be read; number the texts, in NumPy with np.unique(a, return_inverse=True)";
    refusedOfNumPy("object", "Python objects ('|O'), " + numbers);
    refusedOfNumPy("text", "texts ('<U2'), " + texts);
    refusedOfNumPy("bytes", "texts ('|S1'), " + texts);
    refusedOfNumPy("complex", "complex numbers ('<c16'), " + numbers);
    refusedOfNumPy("time", "times ('<M8[D]'), " + numbers);
    refusedOfNumPy("record", "records ('['), " + numbers);
  }

  private void refusedOfNumPy(String name, String line) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> numpy().read(name))
        .withMessageEndingWith("numpy.npz', " + name + ".npy holds " + line);
  }

  record Fault(byte[] content, String line) {
    @Override
    public String toString() {
      return line;
    }
  }

  private static byte[] header(String type, String shape, byte... values) {
    return Npy.withHeader("{'descr': '" + type + "', 'fortran_order': False, 'shape': (" + shape + "), }", values);
  }

  static Stream<Fault> faults() {
    byte[] array = Npy.counting(3, 2);
    byte[] version = array.clone();
    version[6] = 4;
    return Stream.of(
        new Fault(new byte[0], "is empty" + ANEW),
        new Fault("x,y\n1,2\n3,4".getBytes(StandardCharsets.UTF_8), "is no array of NumPy's" + ANEW),
        new Fault("<!doctype html>".getBytes(StandardCharsets.UTF_8), "is a web page in place of the file" + ANEW),
        new Fault(version, "has version 4 of NumPy's format; 1 to 3 can be read" + ANEW),
        new Fault(Arrays.copyOf(array, 9), "ends within its header" + ANEW),
        new Fault(Arrays.copyOf(array, 30), "ends within its header" + ANEW),
        new Fault(Arrays.copyOf(array, array.length - 1), "ends after 5 of 6 bytes" + ANEW),
        new Fault(Arrays.copyOf(array, array.length + 1), "goes on after its 6 bytes" + ANEW),
        new Fault(header("<f8", "1000000,", (byte) 1), "ends after 1 of 8,000,000 bytes" + ANEW),
        new Fault(header("<f8", "1000000, 1000000,"), "says that it holds more than 2,147,483,631 bytes, too many for one array; leave"
            + " out some examples, or write smaller numbers, in NumPy with .astype('float32')"),
        new Fault(header("<f8", "99999999999,"), "says that dimension 1 has 99999999999 entries" + ANEW),
        new Fault(header("<f8", "3, 4294967295,"), "says that dimension 2 has 4294967295 entries" + ANEW),
        new Fault(header("<f8", "-1,"), "has the header {'descr': '<f8', 'fortran_order': False, 'shape': (-1,), }, which is none of"
            + " NumPy's" + ANEW),
        new Fault(Npy.withHeader("{'descr': '<f8'}"), "has the header {'descr': '<f8'}, which is none of NumPy's" + ANEW));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isNamedWithWhatMendsIt(Fault fault) throws IOException {
    Path file = Files.write(folder.resolve("x.npy"), fault.content);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> NpyArray.read(file))
        .withMessage("'" + file + "' " + fault.line);
  }

  @Test
  void archivesThatAreNoneAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("a.npz"), "x");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new NumpyArrays(file).names())
        .withMessageStartingWith("'" + file + "' is damaged, or no archive of NumPy's (").withMessageEndingWith(ANEW);
    Files.write(file, Npy.counting(3));
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new NumpyArrays(file).names())
        .withMessage("'" + file + "' is an array of NumPy's, no archive .npz; name the folder that it is in, or write with np.savez");
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new NumpyArrays(folder.resolve("b.npz")).names())
        .withMessage("cannot read '" + folder.resolve("b.npz") + "': there is no such file; it must be a file that you may read");
  }

  @Test
  void aWrongChecksumIsSeen() throws IOException {
    byte[] archive = Files.readAllBytes(file());
    int array = new String(archive, StandardCharsets.ISO_8859_1).indexOf("\u0093NUMPY"); // only one is not packed
    archive[array + 128] ^= 1;
    Path file = Files.write(folder.resolve("a.npz"), archive);
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new NumpyArrays(file).read("stored"))
        .withMessage("'" + file + "', stored.npy is damaged: its checksum is wrong" + ANEW);
  }

  private static void survives(byte[] content, Path file, Consumer<Path> read) throws IOException {
    Files.write(file, content);
    ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = memory.getCurrentThreadAllocatedBytes();
    try {
      read.accept(file);
    } catch (DataException e) {
      assertThat(e.getMessage().lines()).hasSize(1);
    }
    assertThat(memory.getCurrentThreadAllocatedBytes() - before).isLessThan(10 << 20);
  }

  private static List<byte[]> damaged(byte[] whole) {
    List<byte[]> all = new ArrayList<>();
    for (int i = 0; i < whole.length; i++) {
      all.add(Arrays.copyOf(whole, i));
      for (int value : new int[] {0, '9', '(', '\'', whole[i] ^ 1, whole[i] ^ 0x80, 0xff}) {
        byte[] damaged = whole.clone();
        damaged[i] = (byte) value;
        all.add(damaged);
      }
    }
    return all;
  }

  @Test
  void aDamagedFileIsAnArrayOrRefusedInOneLine() throws IOException {
    for (byte[] content : damaged(Npy.floats(new float[] {1, 2, 3, 4, 5, 6}, 3, 2))) {
      survives(content, folder.resolve("x.npy"), NumpyExamples::features);
    }
  }

  @Test
  void aDamagedArchiveHoldsExamplesOrIsRefusedInOneLine() throws IOException {
    Map<String, byte[]> arrays = new LinkedHashMap<>();
    arrays.put("x", Npy.counting(4, 2));
    arrays.put("y", Npy.longs(0, 1, 2, 1));
    byte[] whole = Files.readAllBytes(Npy.archive(folder.resolve("whole.npz"), arrays));
    for (byte[] content : damaged(whole)) {
      survives(content, folder.resolve("a.npz"), file -> NumpyExamples.open(file).train());
    }
  }
}
