// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.arturo4j.host.io.InputException;
import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.train.DivergedException;
import io.github.arturo4j.kernels.inspect.DeviceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    assertThat(Failures.report(new TornadoOutOfMemoryException(COLOURED), new PrintWriter(err), false)).isEqualTo(1);
    assertThat(err.toString().lines()).singleElement().asString()
        .startsWith("arturo: out of memory (Unable to allocate 22064656 bytes of memory.); choose a smaller --batch-size")
        .contains("-Dtornado.device.memory=8GB");
  }

  @Test
  void whatAnOutOfMemoryIsWrappedInIsNotSaid() {
    Throwable wrapped = new IllegalStateException("Error while calling x.y.Z", new OutOfMemoryError("Java heap space"));
    assertThat(Failures.line(wrapped)).startsWith("out of memory (Java heap space); choose a smaller --batch-size");
  }

  /** What the JVM, the system's libraries and its own limits say, as tried with ulimit, prlimit and -XX. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Java heap space | out of memory (Java heap space); choose a smaller --batch-size, or give more memory with ARTURO
          GC overhead limit exceeded | out of memory (GC overhead limit exceeded); choose a smaller --batch-size, or give
          unable to create native thread: possibly out of memory or process/resource limits reached | no more threads can
          Requested array size exceeds VM limit | an array would have more elements than Java's can; choose a smaller
          Cannot reserve 8192 bytes of direct buffer memory (allocated: 0, limit: 1024) | the limit of Java's memory outsi
          Metaspace | the limit of the memory for the program itself is used up; leave -XX:MaxMetaspaceSize
          Map failed | the system gives no more memory; raise its limit (ulimit -v, or a container's --memory)
          something new | out of memory (something new); choose a smaller --batch-size
          """)
  void whatIsUsedUpIsToldApart(String message, String line) {
    assertThat(Failures.line(new RuntimeException("x", new OutOfMemoryError(message)))).startsWith(line);
  }

  @Test
  void tooFewFileHandlesAreNoQuestionOfTheFile() {
    Throwable failure =
        new IllegalArgumentException(
            "cannot read 'a': too many open files; name another", new FileSystemException("a", null, "Too many open files"));
    assertThat(Failures.line(failure)).startsWith("too many files are open at once; raise the limit with 'ulimit -n");
  }

  @Test
  void aNameWithALineEndOrAnEscapeCodeDoesNotEndTheLineOrColourIt() {
    assertThat(Failures.line(new InputException("cannot read 'a\nb\u0007\u001b]0;x'; name another")))
        .isEqualTo("cannot read 'a\\nb\\u0007\\u001b]0;x'; name another");
  }

  @Test
  void aFaultOfOurOwnIsCalledThat() {
    List<Throwable> faults =
        List.of(
            new NullPointerException("Cannot invoke \"x\""), new ClassCastException(), new Error(),
            new NumberFormatException("For input string: \"x\""), new IllegalArgumentException("x"),
            new IllegalStateException("x"));
    for (Throwable fault : faults) {
      StringWriter err = new StringWriter();
      assertThat(Failures.report(fault, new PrintWriter(err), false)).isEqualTo(1);
      assertThat(err.toString().lines().toList())
          .startsWith(
              "arturo: this is a fault of arturo itself, not of what it was given; please report it with the lines that follow",
              fault.toString())
          .anyMatch(line -> line.startsWith("\tat " + getClass().getName() + ".aFaultOfOurOwn"));
    }
    for (Throwable known : List.of(new InputException("a; b"), new OperationException("a; b"), new DeviceException("a; b"))) {
      StringWriter err = new StringWriter();
      assertThat(Failures.report(known, new PrintWriter(err), false)).isEqualTo(1);
      assertThat(err).hasToString("arturo: a; b\n");
    }
    assertThat(Failures.line(new NoClassDefFoundError("io/github/x"))).startsWith("a part of the program cannot be loaded");
    assertThat(Failures.line(new UncheckedIOException(new IOException("Stale file handle"))))
        .startsWith("cannot read or write a file: stale file handle");
    Throwable within = new NullPointerException("Cannot invoke \"x\"");
    within.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("app", "tornado.drivers.opencl", "5.2.0", "C", "m", "C.java", 1)
        });
    assertThat(Failures.line(within)).startsWith("TornadoVM fails: it does not say why; './arturo doctor' tells");
    StringWriter err = new StringWriter();
    assertThat(Failures.report(new DivergedException("what", "remedy"), new PrintWriter(err), false)).isEqualTo(3);
    assertThat(err).hasToString("arturo: what; remedy\n");
  }
}
