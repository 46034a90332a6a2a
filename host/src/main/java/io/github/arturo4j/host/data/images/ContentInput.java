// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data.images;

import java.io.IOException;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * The content of a file, for ImageIO. Whoever goes on reading behind its end is stopped: the decoder of WebP makes numbers up
 * there, of which it would allocate tables for minutes.
 */
final class ContentInput extends ImageInputStreamImpl {
  /** Times that a decoder may ask for more: that of WebP looks eight bytes ahead, at each bit of the last ones. */
  private static final int MAX_BEHIND = 100;

  private final byte[] content;
  private int behind;

  ContentInput(byte[] content) {
    this.content = content;
  }

  @Override
  public int read() throws IOException {
    bitOffset = 0;
    if (isAtEnd()) {
      return -1;
    }
    return content[(int) streamPos++] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    bitOffset = 0;
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int n = (int) Math.min(length, content.length - streamPos);
    System.arraycopy(content, (int) streamPos, into, offset, n);
    streamPos += n;
    return n;
  }

  private boolean isAtEnd() throws IOException {
    if (streamPos < content.length) {
      return false;
    }
    if (++behind > MAX_BEHIND) {
      throw new IOException("it ends too early");
    }
    return true;
  }

  @Override
  public long length() {
    return content.length;
  }
}
