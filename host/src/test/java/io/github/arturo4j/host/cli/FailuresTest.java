// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FailuresTest {
  /** As TornadoVM 5.2 words it, with the end of a colour that it forgot. */
  private static final String COLOURED = "Unable to allocate 22064656 bytes of memory.\u001b[33m\nTo increase ...";

  private static final class TornadoOutOfMemoryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TornadoOutOfMemoryException(String message) {
      super(message);
    }
  }

  @Test
  void aDeviceOutOfMemoryIsOneLineWithoutColours() {
    StringWriter err = new StringWriter();
    assertThat(Failures.report(new TornadoOutOfMemoryException(COLOURED), new PrintWriter(err))).isEqualTo(1);
    assertThat(err.toString().lines()).singleElement().asString()
        .startsWith("arturo: out of memory (Unable to allocate 22064656 bytes of memory.); choose a smaller --batch-size")
        .contains("-Dtornado.device.memory=8GB");
  }

  @Test
  void whatAnOutOfMemoryIsWrappedInIsNotSaid() {
    Throwable wrapped = new IllegalStateException("Error while calling x.y.Z", new OutOfMemoryError("Java heap space"));
    assertThat(Failures.line(wrapped)).startsWith("out of memory (Java heap space); choose a smaller --batch-size");
  }
}
