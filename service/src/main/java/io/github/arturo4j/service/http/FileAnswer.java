// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.ByteRange;
import org.eclipse.jetty.http.EtagUtils;

/**
 * Answers with a file, or a range of it (RFC 9110, sections 13 and 14). The tag is the SHA-256 of what the file is when it is opened;
 * what is appended meanwhile is left out.
 *
 * @param checksums of files that were asked for
 */
record FileAnswer(Checksums checksums) {
  private static final int CHUNK = 1 << 16;
  private static final int TRIES = 10;

  /** Answers; the content type is set already. */
  void send(Call call, Path file) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      BasicFileAttributes before = attributes(file);
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
        BasicFileAttributes after = attributes(file);
        boolean same = String.valueOf(before.fileKey()).equals(String.valueOf(after.fileKey()));
        if (same && before.lastModifiedTime().equals(after.lastModifiedTime()) && before.size() == after.size()) {
          Checksums.Version version = new Checksums.Version(file, after.size(), after.lastModifiedTime());
          send(call, channel, version);
          return;
        }
      }
    }
    throw new RequestException(503, null, "the file is being written; try again in a moment", Map.of("Retry-After", "1"));
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private void send(Call call, FileChannel channel, Checksums.Version version) throws IOException {
    Context context = call.context();
    String tag = "\"" + checksums.of(version, channel) + "\"";
    context.header("ETag", tag).header("Accept-Ranges", "bytes").header("Cache-Control", "private, no-cache");
    String has = context.header("If-None-Match");
    if (has != null && EtagUtils.matches(has, tag)) {
      context.status(304);
      return;
    }
    ByteRange whole = new ByteRange(0, version.size() - 1);
    ByteRange range = range(context, tag, version.size(), whole);
    if (range != whole) {
      context.status(206).header("Content-Range", range.toHeaderValue(version.size()));
    }
    context.res().setContentLengthLong(range.last() - range.first() + 1);
    if (!call.headersOnly()) {
      copy(channel, range, context.res().getOutputStream());
    }
  }

  /** The one that is asked for; of several, all, as one may. */
  private static ByteRange range(Context context, String tag, long size, ByteRange whole) {
    String asked = context.header("Range");
    String condition = context.header("If-Range");
    if (asked == null || condition != null && !condition.equals(tag) || !asked.startsWith("bytes=")) {
      return whole;
    }
    List<ByteRange> ranges = ByteRange.parse(List.of(asked), size);
    if (ranges.isEmpty()) {
      throw new RequestException(
          416, "Range", "Range is '" + Schema.shown(asked) + "', and the file has " + size + " bytes; ask for 'bytes=FIRST-LAST' within it",
          Map.of("Content-Range", ByteRange.toNonSatisfiableHeaderValue(size)));
    }
    return ranges.size() == 1 ? ranges.getFirst() : whole;
  }

  private static void copy(FileChannel channel, ByteRange range, OutputStream out) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
    for (long at = range.first(); at <= range.last(); ) {
      chunk.clear().limit((int) Math.min(CHUNK, range.last() - at + 1));
      int n = channel.read(chunk, at);
      if (n < 0) {
        throw new IOException("the file has become shorter");
      }
      out.write(chunk.array(), 0, n);
      at += n;
    }
  }
}
