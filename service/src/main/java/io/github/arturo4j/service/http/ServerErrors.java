// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Problems that Jetty finds before a request has come to a route: a malformed line, path or header, or too long ones. */
final class ServerErrors extends ErrorHandler {
  private static final int UNAVAILABLE = 503;
  private static final String ENDS = "the server ended the connection before the request was through; try again in a moment";

  @Override
  protected void generateResponse(Request request, Response response, int status, String message, Throwable cause, Callback callback) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problems.TYPE);
    if (cause instanceof EofException) { // a request that the server's end meets: nothing is wrong with it
      response.setStatus(UNAVAILABLE);
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
      response.write(true, ByteBuffer.wrap(Problems.json(UNAVAILABLE, null, ENDS)), callback);
      return;
    }
    response.write(true, ByteBuffer.wrap(problem(status, message)), callback);
  }

  /** Its successor sees no message that cannot be parsed. */
  @Override
  @SuppressWarnings("removal")
  public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
    fields.put(new HttpField(HttpHeader.CONTENT_TYPE, Problems.TYPE));
    return ByteBuffer.wrap(problem(status, reason));
  }

  private static byte[] problem(int status, String message) {
    String cause = message == null ? "the request is malformed" : "the request is malformed: " + Schema.shown(message).replace(';', ',');
    String remedy = switch (status) {
      case 414, 431 -> "send shorter headers and a shorter path";
      case 400 -> "send paths without '..', '%2F' and '%00', and headers as RFC 9110 has them";
      default -> "/docs says what is taken";
    };
    return Problems.json(status, null, cause + "; " + remedy);
  }
}
