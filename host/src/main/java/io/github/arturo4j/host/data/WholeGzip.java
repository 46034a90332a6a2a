// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Unpacks a gzipped file, all of it: {@link GZIPInputStream} takes no notice of what follows the gzip data. */
final class WholeGzip extends GZIPInputStream {
  private static final int BUFFER = 1 << 16;
  private static final int TRAILER = 8;
  private static final byte[] MAGIC = {0x1f, (byte) 0x8b, 8};

  private final Counted counted;
  private long filled;

  private WholeGzip(Counted counted) throws IOException {
    super(counted, BUFFER);
    this.counted = counted;
  }

  /** The content of a file, unpacked if it is gzipped, whatever its name. */
  static InputStream open(InputStream file) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(file, BUFFER);
    buffered.mark(MAGIC.length);
    boolean gzipped = Arrays.equals(buffered.readNBytes(MAGIC.length), MAGIC);
    buffered.reset();
    return gzipped ? new WholeGzip(new Counted(buffered)) : buffered;
  }

  @Override
  protected void fill() throws IOException {
    super.fill();
    filled = counted.bytes;
  }

  /** Bytes behind the gzip data; after the end of these was read. */
  long bytesBehind() throws IOException {
    long end = filled - inf.getRemaining() + TRAILER;
    counted.transferTo(OutputStream.nullOutputStream());
    return counted.bytes - end;
  }

  /** Counts the bytes that are read. */
  private static final class Counted extends FilterInputStream {
    private long bytes;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      bytes += value < 0 ? 0 : 1;
      return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int n = super.read(buffer, offset, length);
      bytes += Math.max(n, 0);
      return n;
    }

    @Override
    public long skip(long n) throws IOException {
      long skipped = super.skip(n);
      bytes += skipped;
      return skipped;
    }
  }
}
