// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.SessionRequest;
import io.github.arturo4j.service.api.Token;
import io.github.arturo4j.service.api.TokenList;
import io.github.arturo4j.service.api.TokenRequest;
import io.github.arturo4j.service.store.AuditTrail;
import io.github.arturo4j.service.store.Tokens;
import java.util.Map;

/**
 * Tokens, sessions and the audit trail.
 *
 * @param tokens all of them
 * @param access who may do what
 * @param audit who has done what
 * @param streams those that are open
 */
record AccessOperations(Tokens tokens, Access access, AuditTrail audit, Streams streams) {
  /** By operationId. */
  Map<String, Call.Handler> handlers() {
    return Map.of(
        "listTokens", call -> call.answer(200, new TokenList(tokens.all())),
        "createToken", this::create,
        "revokeToken", this::revoke,
        "getSession", call -> call.answer(200, call.token()),
        "beginSession", this::begin,
        "endSession", this::end,
        "listAudit", call -> call.answer(200, audit.page(call.optionalNumber("before"), (int) call.number("limit"))));
  }

  private void create(Call call) {
    TokenRequest request = call.body(TokenRequest.class, null);
    call.answer(201, tokens.create(request.name(), request.role(), call.who()));
  }

  private void revoke(Call call) {
    tokens.revoke(call.number("id"), call.who());
    access.forget();
    streams.end(call.number("id"));
    call.context().status(204);
  }

  private void begin(Call call) {
    String secret = call.body(SessionRequest.class, null).token();
    Token token = access.token(call.context(), secret);
    Access.cookie(call.context(), secret);
    call.answer(200, token);
  }

  private void end(Call call) {
    Access.cookie(call.context(), null);
    call.context().status(204);
  }
}
