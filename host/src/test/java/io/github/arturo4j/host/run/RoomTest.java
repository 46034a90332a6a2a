// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomTest {
  @TempDir Path folder;

  @Test
  void tooLittleIsSaid() {
    assertThat(new Room(folder, 24_100_000, 12_300_000).shortage())
        .contains("Warning: an epoch needs 24.1 MB in '" + folder + "', as a checkpoint is written beside the one before,"
            + " but there are 12.3 MB; make room before it ends");
    assertThat(new Room(folder, 24_100_000, 24_100_000).shortage()).isEmpty();
  }

  @Test
  void theFileSystemIsAsked() throws IOException {
    assertThat(Room.of(folder, Long.MAX_VALUE).shortage()).isPresent();
    assertThat(Room.of(folder, 0).shortage()).isEmpty();
  }
}
