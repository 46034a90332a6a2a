// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.queue.Change;
import io.github.arturo4j.service.queue.Jobs;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * What a job's process has printed, as it stands in its file.
 *
 * @param jobs all of them
 * @param streams those that are open; a log that is followed is one
 */
record LogOperation(Jobs jobs, Streams streams) {
  private static final long MAX_BYTES = 16L << 20;
  private static final int CHUNK = 1 << 16;

  /** How long a process may be silent: nothing may stand in a log that it has not printed, so there is no sign of life. */
  private static final long SILENCE_HOURS = 24;

  /** By operationId. */
  Map<String, Call.Handler> handlers() {
    return Map.of("getLog", this::get);
  }

  private void get(Call call) throws IOException {
    long id = call.number("id");
    Path file = jobs.folder(id).log();
    long size = file.toFile().length(); // 0 if it is not there yet
    long offset = call.number("offset");
    if (offset > size) {
      throw new RequestException(
          400, "offset",
          "offset is " + offset + ", and the log of job " + id + " has " + size + " bytes; give one from " + -size + " to " + size);
    }
    long begin = offset < 0 ? Math.max(0, size + offset) : offset;
    Context context = call.context();
    context.contentType("text/plain; charset=utf-8").header("Cache-Control", "no-store").header("X-Offset", Long.toString(begin));
    if (call.flag("follow")) {
      if (!call.headersOnly()) {
        follow(call, id, file, begin);
      }
      return;
    }
    long length = Math.min(size - begin, MAX_BYTES);
    context.res().setContentLengthLong(length);
    if (!call.headersOnly()) {
      copy(file, begin, length, context.res().getOutputStream(), () -> false);
    }
  }

  private void follow(Call call, long id, Path file, long begin) throws IOException {
    Context context = call.context();
    ServletContextRequest request = ServletContextRequest.getServletContextRequest(context.req());
    EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
    long before = connection.getIdleTimeout();
    connection.setIdleTimeout(TimeUnit.HOURS.toMillis(SILENCE_HOURS));
    context.header("X-Accel-Buffering", "no");
    try {
      streams.run(
          call.token().id(), change -> StreamOperations.isOf(change, id), file,
          subscription -> {
            OutputStream out = context.res().getOutputStream();
            Job job = jobs.get(id);
            long position = begin;
            while (!subscription.over()) {
              boolean removed = false;
              for (Change change : subscription.take()) {
                removed = !(change instanceof Change.OfJob of);
                job = change instanceof Change.OfJob of ? of.job() : job;
              }
              boolean ended = StreamOperations.hasEnded(job);
              position += copy(file, position, Long.MAX_VALUE, out, subscription::over);
              out.flush();
              if (ended || removed) {
                return;
              }
              subscription.await(TimeUnit.HOURS.toNanos(SILENCE_HOURS));
            }
          });
    } finally {
      connection.setIdleTimeout(before);
    }
  }

  /** Copies so many bytes at most, in pieces, so that a flood of them costs no memory; how many it were. */
  private static long copy(Path file, long begin, long length, OutputStream out, BooleanSupplier over) throws IOException {
    long done = 0;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK, Math.max(1, Math.min(length, channel.size() - begin))));
      while (done < length && !over.getAsBoolean()) {
        chunk.clear().limit((int) Math.min(chunk.capacity(), length - done));
        int n = channel.read(chunk, begin + done);
        if (n <= 0) {
          break;
        }
        out.write(chunk.array(), 0, n);
        done += n;
      }
    } catch (NoSuchFileException e) {
      // nothing was printed yet
    }
    return done;
  }
}
