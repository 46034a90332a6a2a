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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The standard output or error stream, which remembers why it could not be written: a print stream tells nobody. */
final class StandardStream extends OutputStream {
  private static final int WAIT_MILLIS = 1_000;

  /** Writes share it, whoever takes the last word has it alone. */
  private static final ReentrantReadWriteLock WRITES = new ReentrantReadWriteLock();

  private static volatile Thread last;

  private final FileOutputStream stream;
  private final Unsaid unsaid;
  private volatile IOException failure;

  StandardStream(FileDescriptor descriptor) {
    this(descriptor, Unsaid.NOTHING);
  }

  /** One that leaves something out. */
  StandardStream(FileDescriptor descriptor, Unsaid unsaid) {
    stream = new FileOutputStream(descriptor);
    this.unsaid = unsaid;
  }

  /**
   * What other threads write from here on to any standard stream is lost, so that what this one writes is the end of the
   * output. A write that is under way is waited for a moment only: nobody may be reading.
   */
  static void takeLastWord() throws InterruptedException {
    boolean alone = WRITES.writeLock().tryLock(WAIT_MILLIS, TimeUnit.MILLISECONDS);
    last = Thread.currentThread();
    if (alone) {
      WRITES.writeLock().unlock(); // not held: those who write hold the lock of a print stream, which this thread needs
    }
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
    WRITES.readLock().lock();
    try {
      if (last == null || last == Thread.currentThread()) {
        stream.write(unsaid.without(bytes, offset, count));
      }
    } catch (IOException e) {
      failure = failure == null ? e : failure;
      throw e;
    } finally {
      WRITES.readLock().unlock();
    }
  }

  /** Why something that was to be written was not; empty if all was. */
  Optional<String> failure() {
    return Optional.ofNullable(failure).map(Reason::of);
  }
}
