// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.Token;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Map;

/**
 * A request whose token, parameters and content were checked.
 *
 * @param context request and answer
 * @param token who asks; null where nobody has to say
 * @param parameters by name; those that were left out and have no default are not there
 * @param body its JSON; null if there is none
 */
record Call(Context context, Token token, Map<String, JsonNode> parameters, JsonNode body) {
  /** What answers it. */
  @FunctionalInterface
  interface Handler {
    /** Answers; a {@link RequestException} or {@code RefusedException} says why not. */
    void handle(Call call) throws IOException;
  }

  /** The name of the token. */
  String who() {
    return token.name();
  }

  /** Whether only the answer's headers are wanted. */
  boolean headersOnly() {
    return context.req().getMethod().equals("HEAD");
  }

  /** A number that is there. */
  long number(String name) {
    return parameters.get(name).longValue();
  }

  /** A number; null if it was left out. */
  Long optionalNumber(String name) {
    return parameters.containsKey(name) ? number(name) : null;
  }

  /** A text; null if it was left out. */
  String text(String name) {
    return parameters.containsKey(name) ? parameters.get(name).textValue() : null;
  }

  /** Yes or no, which is there. */
  boolean flag(String name) {
    return parameters.get(name).booleanValue();
  }

  /** The content as a record; {@code none} if there is none. */
  <T> T body(Class<T> type, T none) {
    return body == null ? none : Json.convert(body, type);
  }

  /** Answers with a value in JSON. */
  void answer(int status, Object value) {
    context.status(status).header("Cache-Control", "no-store").contentType("application/json").result(Json.bytes(value));
  }
}
