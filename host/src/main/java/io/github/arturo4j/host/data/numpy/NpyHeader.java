// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.numpy;

import io.github.arturo4j.host.io.FileKind;
import io.github.arturo4j.host.io.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands before the values of an array (NumPy's format 1.0 to 3.0): six bytes, a version, a length, and a dictionary of
 * Python's, such as {@code {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }}.
 *
 * @param type of the values
 * @param fortran whether the first index is the fastest
 * @param shape size of each dimension
 */
record NpyHeader(NpyType type, boolean fortran, int[] shape) {
  private static final byte[] MAGIC = "\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1);
  private static final int BEGIN = 8;
  private static final int SHOWN = 256;

  /** NumPy itself writes no longer one, but of records with many fields. */
  private static final int MAX_LENGTH = 1 << 16;

  /** Bytes that one array has at most here. */
  static final int MAX_BYTES = Integer.MAX_VALUE - 16;

  private static final Pattern TYPE = Pattern.compile("'descr':\\s*(?:'([^']*)'|(\\[))");
  private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([0-9L, ]*)\\)");

  /** Reads a header, up to the first value. */
  static NpyHeader read(InputStream in) throws IOException {
    byte[] begin = in.readNBytes(BEGIN);
    if (begin.length < BEGIN || !Arrays.equals(begin, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw other(begin, in.readNBytes(SHOWN));
    }
    int version = begin[MAGIC.length];
    if (version < 1 || version > 3) {
      throw new NpyFault("has version " + version + " of NumPy's format; 1 to 3 can be read", NpyFault.ANEW);
    }
    int bytes = version == 1 ? Short.BYTES : Integer.BYTES;
    ByteBuffer size = ByteBuffer.wrap(in.readNBytes(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    if (size.limit() < bytes) {
      throw new NpyFault("ends within its header", NpyFault.ANEW);
    }
    long length = version == 1 ? Short.toUnsignedLong(size.getShort()) : Integer.toUnsignedLong(size.getInt());
    if (length > MAX_LENGTH) {
      throw new NpyFault("says that its header has %,d bytes, more than %,d".formatted(length, MAX_LENGTH), NpyFault.ANEW);
    }
    byte[] header = in.readNBytes((int) length);
    if (header.length < length) {
      throw new NpyFault("ends within its header", NpyFault.ANEW);
    }
    Charset charset = version < 3 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    return parse(new String(header, charset));
  }

  /** What is thrown for a file that begins with those bytes, and more. */
  private static NpyFault other(byte[] begin, byte[] more) {
    byte[] all = ByteBuffer.allocate(begin.length + more.length).put(begin).put(more).array();
    return new NpyFault(
        all.length == 0 ? "is empty" : FileKind.of(all).map(kind -> "is " + kind.words()).orElse("is no array of NumPy's"),
        NpyFault.ANEW);
  }

  private static NpyHeader parse(String text) throws NpyFault {
    Matcher type = find(TYPE, text);
    NpyType values = NpyType.of(type.group(1) == null ? type.group(2) : type.group(1));
    boolean fortran = find(ORDER, text).group(1).equals("True");
    String[] sizes =
        Arrays.stream(find(SHAPE, text).group(1).split(",")).map(String::strip).filter(size -> !size.isEmpty()).toArray(String[]::new);
    int[] shape = new int[sizes.length];
    for (int d = 0; d < shape.length; d++) {
      if (!sizes[d].matches("[0-9]{1,10}L?") || Long.parseLong(sizes[d].replace("L", "")) > Integer.MAX_VALUE) {
        throw new NpyFault("says that dimension " + (d + 1) + " has " + sizes[d] + " entries", NpyFault.ANEW);
      }
      shape[d] = Integer.parseInt(sizes[d].replace("L", ""));
    }
    return new NpyHeader(values, fortran, shape);
  }

  private static Matcher find(Pattern pattern, String text) throws NpyFault {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new NpyFault("has the header " + Printable.value(text.strip()) + ", which is none of NumPy's", NpyFault.ANEW);
    }
    return matcher;
  }

  /** Bytes of all values; {@link Long#MAX_VALUE} if they are more than that. */
  long bytes() {
    BigInteger bytes = BigInteger.valueOf(type.bytes());
    for (int size : shape) {
      bytes = bytes.multiply(BigInteger.valueOf(size));
    }
    return bytes.min(BigInteger.valueOf(Long.MAX_VALUE)).longValue();
  }

  /** Throws if the values are too many for memory. */
  void checkFits() throws NpyFault {
    if (bytes() > MAX_BYTES) {
      throw new NpyFault(
          "says that it holds more than %,d bytes, too many for one array".formatted(MAX_BYTES),
          "leave out some examples, or write smaller numbers, in NumPy with .astype('float32')");
    }
  }

  /** Throws if what is left of a file behind the header is not what the values take. */
  void checkSize(long left) throws NpyFault {
    if (left < bytes()) {
      throw new NpyFault("ends after %,d of %,d bytes".formatted(left, bytes()), NpyFault.ANEW);
    }
    if (left > bytes()) {
      throw new NpyFault("goes on after its %,d bytes".formatted(bytes()), NpyFault.ANEW);
    }
  }

  /** Sizes, as NumPy writes them: {@code (60000, 28, 28)}. */
  static String shapeText(int[] shape) {
    return Arrays.stream(shape).mapToObj(Integer::toString)
        .collect(Collectors.joining(", ", "(", shape.length == 1 ? ",)" : ")"));
  }
}
