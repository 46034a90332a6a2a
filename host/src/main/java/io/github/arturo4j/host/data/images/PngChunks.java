// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file (ISO/IEC 15948): a length, a name of four letters, the content, and a checksum. Decoders allocate
 * what a length says, and go on behind a wrong checksum.
 */
final class PngChunks {
  private static final int SIGNATURE = 8;
  private static final int AROUND = 12;
  private static final int END = 0x49454e44;

  /** A bit of the first letter of chunks that a decoder may leave out. */
  private static final int ANCILLARY = 0x20000000;

  private PngChunks() {}

  /** Checks that all chunks are there, up to the last, and those that matter are undamaged. */
  static void check(byte[] file) throws UnreadableImageException {
    ByteBuffer in = ByteBuffer.wrap(file).position(SIGNATURE);
    for (int name = 0; name != END; ) {
      if (in.remaining() < AROUND) {
        throw new UnreadableImageException("truncated");
      }
      int length = in.getInt();
      name = in.getInt(in.position());
      if (length < 0 || length > in.remaining() - AROUND + Integer.BYTES) {
        throw new UnreadableImageException("truncated");
      }
      CRC32 crc = new CRC32();
      crc.update(file, in.position(), Integer.BYTES + length);
      in.position(in.position() + Integer.BYTES + length);
      if (in.getInt() != (int) crc.getValue() && (name & ANCILLARY) == 0) {
        throw new UnreadableImageException("damaged: a checksum is wrong");
      }
    }
  }
}
