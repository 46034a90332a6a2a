// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.protobuf.ProtoReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads TensorBoard's files as TensorBoard does, from the format's description: checksums by the polynomial's division, bit by bit.
 */
public final class EventReader {
  private EventReader() {}

  /** A file's events; one behind the other without a rest. */
  static List<ProtoReader> events(Path file) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<ProtoReader> events = new ArrayList<>();
    while (in.hasRemaining()) {
      byte[] length = new byte[8];
      in.get(length);
      assertThat(in.getInt()).as("the length's checksum").isEqualTo(masked(length));
      byte[] record = new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      in.get(record);
      assertThat(in.getInt()).as("the record's checksum").isEqualTo(masked(record));
      events.add(ProtoReader.of(record));
    }
    return events;
  }

  static int masked(byte[] bytes) {
    int crc = ~0;
    for (byte each : bytes) {
      crc ^= each & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0x82f63b78;
      }
    }
    crc = ~crc;
    return (crc >>> 15 | crc << 17) + 0xa282ead8;
  }

  /** The files of a folder, in the order in which TensorBoard reads them. */
  public static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(entry -> entry.getFileName().toString().contains("tfevents")).sorted().toList();
    }
  }

  /** The scalars that TensorBoard shows of a folder, by their tags and steps. */
  public static Map<String, TreeMap<Long, Float>> scalars(Path folder) throws IOException {
    Map<String, TreeMap<Long, Float>> scalars = new TreeMap<>();
    for (Path file : files(folder)) {
      for (ProtoReader event : events(file)) {
        long step = event.numbers(2).getFirst();
        for (ProtoReader session : event.messages(7)) {
          assertThat(session.numbers(1)).as("START").containsExactly(1L);
          scalars.values().forEach(values -> values.tailMap(step, true).clear());
        }
        for (ProtoReader summary : event.messages(5)) {
          for (ProtoReader value : summary.messages(1)) {
            scalars.computeIfAbsent(value.texts(1).getFirst(), tag -> new TreeMap<>()).put(step, (Float) value.values(2).getFirst());
          }
        }
      }
    }
    return scalars;
  }
}
