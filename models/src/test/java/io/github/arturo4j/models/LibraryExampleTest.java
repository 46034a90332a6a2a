// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.models.data.ImageSet;
import io.github.arturo4j.models.layer.Shape;
import io.github.arturo4j.models.plan.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the page on use as a library shows is code that works. */
class LibraryExampleTest {
  @Test
  void learns() {
    ImageSet images = TestImages.bars(200, new Shape(1, 8, 8), 3, 1);
    ImageSet test = TestImages.bars(120, images.shape(), 3, 2);
    Evaluation before = LibraryExample.train(images, test, 0);
    Evaluation after = LibraryExample.train(images, test, 3);
    assertThat(before.metric("accuracy")).isLessThan(0.7);
    assertThat(after.metric("accuracy")).isGreaterThan(0.95);
    assertThat(after.examples()).isEqualTo(120);
  }

  @Test
  void isTheCodeOfThePage() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/io/github/arturo4j/models/LibraryExample.java"));
    String code = source.substring(source.indexOf("  // begin\n") + 11, source.indexOf("  // end\n"));
    assertThat(Files.readString(Path.of("../docs/library.md"))).contains(code.indent(-2));
  }
}
