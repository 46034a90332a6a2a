// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.AuditEntry;
import io.github.arturo4j.service.api.AuditPage;
import io.github.arturo4j.service.api.NewToken;
import io.github.arturo4j.service.api.RefusedException;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.Token;
import io.github.arturo4j.service.store.AuditTrail;
import io.github.arturo4j.service.store.Tokens;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens and an audit trail in memory; of each role there is a token whose secret is the role's name behind "secret-". */
final class MemoryTokens implements Tokens, AuditTrail {
  private final Map<String, Token> tokens = new LinkedHashMap<>();
  private final List<AuditEntry> entries = new ArrayList<>();

  /** How many calls have changed something. */
  int changes;

  /** How often a secret was looked up. */
  int lookups;

  MemoryTokens() {
    for (Role role : Role.values()) {
      tokens.put("secret-" + role.word(), new Token(tokens.size() + 1L, role.word(), role, Instant.now(), null));
    }
  }

  @Override
  public synchronized Optional<Token> of(String secret) {
    lookups++;
    return Optional.ofNullable(tokens.get(secret)).filter(token -> token.revoked() == null);
  }

  @Override
  public synchronized List<Token> all() {
    return List.copyOf(tokens.values());
  }

  @Override
  public synchronized NewToken create(String name, Role role, String who) {
    if (tokens.values().stream().anyMatch(token -> token.name().equals(name))) {
      throw new RefusedException(RefusedException.Kind.CONFLICT, "name", "there is a token '" + name + "'; choose another name");
    }
    changes++;
    Token token = new Token(tokens.size() + 1L, name, role, Instant.now(), null);
    tokens.put("secret-" + name, token);
    return new NewToken(token, "secret-" + name);
  }

  @Override
  public synchronized void revoke(long id, String who) {
    String secret = tokens.entrySet().stream().filter(each -> each.getValue().id() == id && each.getValue().revoked() == null)
        .map(Map.Entry::getKey).findFirst().orElseThrow(
            () -> new RefusedException(RefusedException.Kind.NOT_FOUND, null, "there is no token " + id + "; see the list of tokens"));
    changes++;
    tokens.computeIfPresent(secret, (key, token) -> new Token(id, token.name(), token.role(), token.created(), Instant.now()));
  }

  @Override
  public synchronized void add(String who, String action, String subject, String detail) {
    entries.addFirst(new AuditEntry(entries.size() + 1L, Instant.now(), who, action, subject, detail));
  }

  @Override
  public synchronized AuditPage page(Long before, int limit) {
    return new AuditPage(entries.stream().filter(each -> before == null || each.id() < before).limit(limit).toList(), null);
  }
}
