// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.Problem;
import io.github.arturo4j.service.api.RefusedException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.QuietException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers that say what is wrong (RFC 9457). */
final class Problems {
  /** Their media type. */
  static final String TYPE = "application/problem+json";

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private Problems() {}

  /** Answers whatever is thrown. */
  static void bind(RoutesConfig routes) {
    routes.exception(RequestException.class, (e, context) -> answer(context, e));
    routes.exception(
        RefusedException.class, (e, context) -> answer(context, new RequestException(e.kind().status(), e.field(), e.getMessage())));
    routes.exception(
        HttpResponseException.class,
        (e, context) -> answer(context, new RequestException(e.getStatus(), null, e.getMessage() + "; /docs says what is taken")));
    routes.exception(Exception.class, Problems::unexpected);
  }

  /** The problem's JSON. */
  static byte[] json(int status, String field, String detail) {
    HttpStatus known = HttpStatus.forStatus(status);
    String title = known == HttpStatus.UNKNOWN ? "Error" : known.getMessage();
    return Json.bytes(new Problem("about:blank", title, status, detail, field));
  }

  private static void answer(Context context, RequestException problem) {
    if (context.res().isCommitted()) {
      return;
    }
    problem.headers().forEach(context::header);
    context.status(problem.status()).header("Cache-Control", "no-store").contentType(TYPE)
        .result(json(problem.status(), problem.field(), problem.getMessage()));
  }

  private static void unexpected(Exception e, Context context) {
    if (isOfClient(e)) {
      return;
    }
    String id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    LOG.error("fault {} in {} {}", id, context.req().getMethod(), context.path(), e);
    answer(context, new RequestException(500, null, "the server has met a fault of its own; tell its admin that the log has it as " + id));
  }

  /** Whether it only says that the client has gone away. */
  private static boolean isOfClient(Throwable e) {
    for (Throwable each = e; each != null; each = each.getCause()) {
      if (each instanceof EofException || each instanceof QuietException && each instanceof IOException) {
        return true;
      }
    }
    return false;
  }
}
