// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.io.Reason;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;

/** The standard output or error stream, which remembers why it could not be written: a print stream tells nobody. */
final class StandardStream extends OutputStream {
  private final FileOutputStream stream;
  private volatile IOException failure;

  StandardStream(FileDescriptor descriptor) {
    stream = new FileOutputStream(descriptor);
  }

  /** What prints to it. */
  PrintStream printer(Charset charset) {
    return new PrintStream(this, true, charset);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    try {
      stream.write(bytes, offset, count);
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    }
  }

  /** Why something that was to be written was not; empty if all was. */
  Optional<String> failure() {
    return Optional.ofNullable(failure).map(Reason::of);
  }
}
