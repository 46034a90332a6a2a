// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tensorboard;

import io.github.arturo4j.host.protobuf.ProtoMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32C;

/**
 * Records as TensorFlow writes them one behind the other: the length in eight bytes, its checksum, the record, its checksum, all
 * little-endian.
 *
 * @param channel where they are written
 */
record RecordFile(WritableByteChannel channel) implements AutoCloseable {
  /** What is added to a checksum that was turned, so that one of bytes with checksums in them is not a special one. */
  private static final int MASK = 0xa282ead8;

  private static final int TURN = 15;

  /** Writes a record to the system. */
  void write(ProtoMessage message) throws IOException {
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    message.writeTo(record);
    ByteBuffer length = little(Long.BYTES).putLong(record.size()).flip();
    ByteBuffer all =
        little(Long.BYTES + Integer.BYTES + record.size() + Integer.BYTES)
            .put(length.duplicate())
            .putInt(masked(length))
            .put(record.toByteArray())
            .putInt(masked(ByteBuffer.wrap(record.toByteArray())))
            .flip();
    while (all.hasRemaining()) {
      channel.write(all);
    }
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int masked(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return Integer.rotateRight((int) checksum.getValue(), TURN) + MASK;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
