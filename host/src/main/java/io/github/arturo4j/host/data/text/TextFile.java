// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.text;

import io.github.arturo4j.host.data.DataException;
import io.github.arturo4j.host.io.FileKind;
import io.github.arturo4j.host.io.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a file of text as its bytes. */
final class TextFile {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
  private static final int CHARACTERS = 1 << 16;

  private TextFile() {}

  /** The bytes, without a mark of their order. */
  static byte[] read(Path file) {
    FileKind kind = FileKind.of(file).filter(each -> each != FileKind.WEB_PAGE).orElse(null); // a page is text, too
    if (kind != null) {
      throw new DataException("'" + file + "' is " + kind.words() + "; " + kind.remedy());
    }
    try {
      RegularFile.check(file);
      byte[] text = Files.readAllBytes(file);
      check(file, text);
      boolean marked = text.length >= 3 && Arrays.equals(text, 0, 3, BYTE_ORDER_MARK, 0, 3);
      return marked ? Arrays.copyOfRange(text, 3, text.length) : text;
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    } catch (OutOfMemoryError e) {
      throw new DataException(
          "'" + file + "' does not fit into Java's memory; take a part of it, or give it a larger -Xmx", e);
    }
  }

  private static void check(Path file, byte[] text) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CharBuffer characters = CharBuffer.allocate(CHARACTERS);
    ByteBuffer bytes = ByteBuffer.wrap(text);
    CoderResult result;
    do {
      result = decoder.decode(bytes, characters.clear(), true);
      if (result.isError()) {
        throw new DataException(
            "'%s' is no text in UTF-8: byte %,d, from 0, begins no character; save it in UTF-8"
                .formatted(file, bytes.position()));
      }
    } while (result.isOverflow());
  }
}
