// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import io.github.arturo4j.host.io.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;

/** A file on a web server, which is read from its beginning. What goes wrong is a {@link DataException}, in words. */
final class WebFile implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(15);

  private final URI source;
  private final String remedy;
  private final Duration stall;
  private final HttpURLConnection connection;
  private final InputStream body;
  private final long size;
  private long read;

  /**
   * Asks for a file and waits for the answer.
   *
   * @param remedy ends messages
   * @param stall how long the server may be silent
   */
  WebFile(URI source, String remedy, Duration stall) {
    this.source = source;
    this.remedy = remedy;
    this.stall = stall;
    HttpURLConnection opened = null;
    InputStream content = null;
    try {
      opened = (HttpURLConnection) source.toURL().openConnection();
      opened.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
      opened.setReadTimeout(Math.toIntExact(stall.toMillis()));
      opened.connect();
      if (opened.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw fault("HTTP status " + opened.getResponseCode(), null);
      }
      content = opened.getInputStream();
    } catch (IOException e) {
      throw fault(reason(e), e);
    } finally {
      if (content == null && opened != null) {
        opened.disconnect();
      }
    }
    connection = opened;
    body = content;
    size = opened.getContentLengthLong();
  }

  /** Bytes of all of it; -1 if the server does not say. */
  long size() {
    return size;
  }

  /** Reads some bytes; how many, or -1 at the end. */
  int read(byte[] buffer) {
    try {
      int n = body.read(buffer);
      read += Math.max(n, 0);
      return n;
    } catch (IOException e) { // also where the body is shorter than the server said
      throw fault(reason(e), e);
    }
  }

  private String reason(IOException e) {
    String host = "no connection to " + source.getHost();
    return switch (e) {
      case UnknownHostException unknown -> host + " (its name is not known here)";
      case SocketTimeoutException late when String.valueOf(late.getMessage()).startsWith("Connect") ->
          host + " (no answer in " + seconds(CONNECT) + ")";
      case SocketTimeoutException late -> "nothing came for " + seconds(stall) + after();
      case ConnectException refused -> host + " (" + refused.getMessage() + ")";
      case NoRouteToHostException none -> host + " (" + none.getMessage() + ")";
      default -> read > 0 ? "the connection broke" + after() + " (" + e.getMessage() + ")" : Reason.of(e);
    };
  }

  private static String seconds(Duration time) {
    return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }

  private String after() {
    if (read == 0) {
      return "";
    }
    return " after %,d".formatted(read) + (size < 0 ? "" : " of %,d".formatted(size)) + " bytes";
  }

  private DataException fault(String what, IOException cause) {
    return new DataException("cannot fetch " + source + ": " + what + remedy, cause);
  }

  @Override
  public void close() {
    connection.disconnect();
  }
}
