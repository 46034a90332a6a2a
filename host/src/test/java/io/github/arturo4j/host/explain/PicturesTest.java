// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PicturesTest {
  /** The page shows what the command draws. */
  @Test
  void thePageHasThem() throws IOException {
    String page = Files.readString(Path.of("../docs/how-arturo-works.md"));
    for (Map.Entry<String, String> picture : Pictures.all().entrySet()) {
      Path file = Path.of("../docs/explain", picture.getKey() + ".svg");
      assertThat(Files.readString(file)).as("./arturo explain --out docs/explain").isEqualTo(picture.getValue());
      assertThat(page).contains("explain/" + picture.getKey() + ".svg");
    }
  }
}
