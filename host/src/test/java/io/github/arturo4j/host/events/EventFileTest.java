// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.UsageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private String appended(String before) throws IOException {
    Path path = Files.writeString(folder.resolve("events.jsonl"), before);
    try (EventFile file = new EventFile(path)) {
      file.append("new", warnings::add);
    }
    return Files.readString(path);
  }

  @Test
  void whatIsThereStaysButForALineThatWasCutOff() throws IOException {
    assertThat(appended("")).isEqualTo("new\n");
    assertThat(appended("a\nb\n")).isEqualTo("a\nb\nnew\n");
    assertThat(appended("a\nb")).isEqualTo("a\nnew\n");
    assertThat(appended("b")).isEqualTo("new\n");
    for (int length : new int[] {8190, 8191, 8192, 8193, 50_000}) {
      String rest = "é".repeat(length);
      assertThat(appended("a\n" + rest)).as("%d", length).isEqualTo("a\nnew\n");
      assertThat(appended(rest)).as("%d", length).isEqualTo("new\n");
      assertThat(appended(rest + "\n")).as("%d", length).isEqualTo(rest + "\nnew\n");
    }
  }

  @Test
  void aLineIsThereBeforeTheNextThingIsDone() throws IOException {
    Path path = folder.resolve("made/on/the/way/events.jsonl");
    try (EventFile file = new EventFile(path)) {
      file.append("Größe", warnings::add);
      assertThat(Files.readString(path)).isEqualTo("Größe\n");
      file.append("2", warnings::add);
      assertThat(Files.readString(path)).isEqualTo("Größe\n2\n");
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsRefused() throws IOException {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> new EventFile(folder))
        .withMessage("--events is '" + folder + "', which cannot be written: it is a folder; name a file that you may write");
    Path file = Files.createFile(folder.resolve("file"));
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> new EventFile(file.resolve("events.jsonl")))
        .withMessageContaining("which cannot be written: ");
  }

  @Test
  void aDiskThatIsFullFromTheBeginningIsAnError() {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();
    try (EventFile file = new EventFile(full)) {
      assertThatExceptionOfType(OperationException.class)
          .isThrownBy(() -> file.append("x", warnings::add))
          .withMessage(
              "cannot write the events to '/dev/full': no space left on the device; make room or make the folder writable, or"
                  + " leave out --events");
    }
    assertThat(warnings).isEmpty();
  }

  /** Takes so many bytes. */
  private record Disk(ByteBuffer room) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer source) throws IOException {
      if (!room.hasRemaining()) {
        throw new IOException("No space left on device");
      }
      int before = room.position();
      while (room.hasRemaining() && source.hasRemaining()) {
        room.put(source.get());
      }
      return room.position() - before;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  @Test
  void aDiskThatFillsLaterIsWarnedOfOnce() {
    Disk disk = new Disk(ByteBuffer.allocate(9));
    try (EventFile file = new EventFile(Path.of("events.jsonl"), disk)) {
      file.append("line", warnings::add);
      file.append("longer", warnings::add);
      disk.room.clear(); // there is room again, behind a half line
      file.append("after", warnings::add);
    }
    assertThat(warnings)
        .containsExactly(
            "Warning: cannot write the events to 'events.jsonl': no space left on the device; the training goes on without them");
    assertThat(new String(disk.room.array(), 0, 9)).isEqualTo("line\nlong");
  }
}
