// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import io.github.arturo4j.service.api.AuditEntry;
import io.github.arturo4j.service.api.AuditPage;
import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.NewToken;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.Token;
import io.github.arturo4j.service.api.TokenList;
import io.github.arturo4j.service.api.TokenRequest;
import io.github.arturo4j.service.client.Exchange.Repeat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a server lets an administrator do: devices, tokens, and who has changed what. Errors are those of {@link ServiceClient}. */
public final class Administration {
  private static final String TOKENS = "/tokens";

  private final Exchange exchange;

  Administration(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Gives a device no new jobs; those that run there go on. */
  public Device drain(String device) {
    return exchange.post(device("/drain", device), null, Repeat.YES, Device.class);
  }

  /** Gives a device jobs again, also one that was taken for faulty. */
  public Device undrain(String device) {
    return exchange.post(device("/undrain", device), null, Repeat.YES, Device.class);
  }

  private static String device(String rest, String device) {
    return "/devices/" + Exchange.encoded(device) + rest;
  }

  /** The tokens, without their secrets. */
  public List<Token> tokens() {
    return exchange.get(TOKENS, TokenList.class).tokens();
  }

  /** Makes a token; its secret is in this answer only. */
  public NewToken createToken(String name, Role role) {
    return exchange.post(TOKENS, new TokenRequest(name, role), Repeat.UNSENT, NewToken.class);
  }

  /** Revokes a token. */
  public void revokeToken(long id) {
    exchange.delete(TOKENS + "/" + id);
  }

  /**
   * A page of the audit trail, the newest first.
   *
   * @param before only what is older than this entry; null for all
   * @param limit of the page, from 1 to 1000
   */
  public AuditPage audit(Long before, int limit) {
    return exchange.get("/audit?limit=" + limit + (before == null ? "" : "&before=" + before), AuditPage.class);
  }

  /**
   * The whole audit trail, the newest first; pages are asked for as they are needed.
   *
   * @param page entries that are asked for at once, from 1 to 1000
   */
  public Stream<AuditEntry> auditTrail(int page) {
    return Stream.iterate(audit(null, page), Objects::nonNull, last -> last.next() == null ? null : audit(last.next(), page))
        .flatMap(each -> each.entries().stream());
  }
}
