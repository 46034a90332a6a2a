// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.metrics;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;

/**
 * One request and its answer, in HTTP/1.1 (RFC 9112): GET and HEAD of one path. The connection ends with it.
 *
 * @param status number and words
 * @param allow whether the answer names the methods
 * @param type of the content
 * @param content what a GET gets
 */
record MetricsExchange(String status, boolean allow, String type, String content) {
  /** The only path. */
  static final String PATH = "/metrics";

  private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";
  private static final String WORDS = "text/plain; charset=utf-8";

  /** Bytes of a request line and its headers at most, and of what may follow until the peer closes. */
  private static final int SIZE = 16_384;

  /** Reads the request of a peer, and answers it. */
  static void answer(Socket peer, Supplier<String> metrics) throws IOException {
    InputStream in = new BufferedInputStream(peer.getInputStream());
    String request = request(in);
    MetricsExchange answer = request == null ? failure("431 Request Header Fields Too Large") : to(request, metrics);
    peer.getOutputStream().write(answer.bytes(request != null && request.startsWith("HEAD ")));
    // Closing with something unread would take the answer back before the peer has read it.
    peer.shutdownOutput();
    in.readNBytes(SIZE);
  }

  /** The request line, once the headers behind it were read, too; null if they are too long. */
  private static String request(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    String first = "";
    for (int i = 0; i < SIZE; i++) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("closed within the request");
      } else if (c != '\n') {
        line.append(c == '\r' ? "" : (char) c);
      } else if (line.isEmpty() && !first.isEmpty()) {
        return first;
      } else {
        first = first.isEmpty() ? line.toString() : first;
        line.setLength(0);
      }
    }
    return null;
  }

  private static MetricsExchange to(String request, Supplier<String> metrics) {
    String[] words = request.split(" ", -1);
    if (words.length != 3 || !words[2].matches("HTTP/1\\.\\d")) {
      return failure("400 Bad Request");
    }
    String path;
    try {
      path = new URI(words[1]).getPath();
    } catch (URISyntaxException e) {
      return failure("400 Bad Request");
    }
    if (!PATH.equals(path)) {
      return failure("404 Not Found");
    }
    if (!words[0].equals("GET") && !words[0].equals("HEAD")) {
      return failure("405 Method Not Allowed");
    }
    try {
      return new MetricsExchange("200 OK", false, METRICS, metrics.get());
    } catch (RuntimeException e) { // a meter's
      return failure("500 Internal Server Error");
    }
  }

  private static MetricsExchange failure(String status) {
    return new MetricsExchange(status, status.startsWith("405"), WORDS, status + "; metrics are at " + PATH + "\n");
  }

  private byte[] bytes(boolean headersOnly) {
    byte[] body = content.getBytes(StandardCharsets.UTF_8);
    String head =
        "HTTP/1.1 " + status + "\r\n"
            + "Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)) + "\r\n"
            + "Content-Type: " + type + "\r\n"
            + "Content-Length: " + body.length + "\r\n"
            + (allow ? "Allow: GET, HEAD\r\n" : "")
            + "Connection: close\r\n\r\n";
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    if (!headersOnly) {
      all.writeBytes(body);
    }
    return all.toByteArray();
  }
}
