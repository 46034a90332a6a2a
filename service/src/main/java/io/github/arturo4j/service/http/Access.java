// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.host.io.Hash;
import io.github.arturo4j.service.api.Role;
import io.github.arturo4j.service.api.Token;
import io.github.arturo4j.service.store.Tokens;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may do what. A token comes in {@code Authorization: Bearer}, or in a cookie that scripts cannot read and that other sites' pages
 * do not send; with the cookie, whatever changes something has to have a header, too, that no other site's page can send without
 * being asked first whether it may, which it never may: {@code X-Requested-With: arturo} or a JSON content type.
 *
 * <p>An address that has sent too many wrong tokens waits, but for tokens that were right there before: its neighbours would else
 * lock each other out. A token that was right is taken for right for a second, so that a page that asks a lot does not read the
 * database each time; {@link #forget} ends that.
 */
final class Access {
  /** The cookie's name. */
  static final String COOKIE = "arturo_token";

  private static final int COOKIE_SECONDS = 30 * 24 * 3600;
  private static final int REMEMBERED = 1000;
  private static final int SECONDS_A_MINUTE = 60;
  private static final long RIGHT_NANOS = 1_000_000_000L;
  private static final Pattern BEARER = Pattern.compile("(?i)bearer +([A-Za-z0-9._~+/=-]{1,200})");
  private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

  private final Tokens tokens;
  private final TokenBuckets<String> failures;
  private final TokenBuckets<Long> requests;
  private final LongSupplier nanos;
  private final Map<String, Right> rightBefore =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Right> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * A token that was right.
   *
   * @param token null where it has to be looked up again
   * @param at when, in nanoseconds
   */
  private record Right(Token token, long at) {}

  /**
   * Access for the tokens in force.
   *
   * @param nanos the time, as {@link System#nanoTime} gives it
   */
  Access(Tokens tokens, Limits limits, LongSupplier nanos) {
    this.tokens = tokens;
    this.nanos = nanos;
    this.failures = new TokenBuckets<>(limits.failuresPerMinute(), limits.failuresPerMinute() / (double) SECONDS_A_MINUTE, nanos);
    this.requests = new TokenBuckets<>(limits.burst(), limits.requestsPerSecond(), nanos);
  }

  /**
   * The token of a request.
   *
   * @param role what it has to open
   * @param reads whether the request changes nothing
   * @throws RequestException 401, 403 or 429
   */
  Token check(Context context, Role role, boolean reads) {
    String authorization = context.header("Authorization");
    String cookie = context.cookie(COOKIE);
    if (authorization == null && cookie == null) {
      throw unauthorized("the request has no token; send 'Authorization: Bearer TOKEN', or log in on the page");
    }
    if (authorization == null && !reads) {
      checkSite(context);
    }
    Token token = token(context, authorization == null ? cookie : secret(authorization));
    double wait = requests.take(token.id());
    if (wait > 0) {
      throw tooMany(wait, "token '" + token.name() + "' sends too many requests");
    }
    if (token.role().compareTo(role) > 0) {
      throw new RequestException(
          403, null, "this needs role " + role.word() + ", and token '" + token.name() + "' has role " + token.role().word()
              + "; ask an admin for another token");
    }
    return token;
  }

  /**
   * The token in force with a secret that an address has sent.
   *
   * @throws RequestException 401 if there is none, or 429
   */
  Token token(Context context, String secret) {
    String address = context.ip();
    String known = address + " " + hash(secret);
    Right before = right(known);
    if (before != null && before.token() != null && nanos.getAsLong() - before.at() < RIGHT_NANOS) {
      return before.token();
    }
    double wait = failures.wait(address);
    if (before == null && wait > 0) {
      throw tooMany(wait, "too many wrong tokens have come from " + address);
    }
    Token token = tokens.of(secret).orElse(null);
    if (token == null) {
      failures.take(address);
      remember(known, null);
      throw unauthorized("the token is not in force; check it, or ask an admin for another one");
    }
    remember(known, new Right(token, nanos.getAsLong()));
    return token;
  }

  /** Has every token looked up again. */
  void forget() {
    synchronized (rightBefore) {
      rightBefore.replaceAll((known, right) -> new Right(null, right.at()));
    }
  }

  /** Puts a secret into the cookie; null takes it out. */
  static void cookie(Context context, String secret) {
    boolean secure = context.scheme().equals("https") || "https".equalsIgnoreCase(context.header("X-Forwarded-Proto"));
    context.cookie(
        new Cookie(COOKIE, secret == null ? "" : secret, "/", secret == null ? 0 : COOKIE_SECONDS, secure, true, null, SameSite.STRICT));
  }

  private static void checkSite(Context context) {
    String site = context.header("Sec-Fetch-Site");
    String type = context.contentType();
    boolean own = "arturo".equals(context.header("X-Requested-With")) || type != null && type.startsWith("application/json");
    if (!own || site != null && !OWN_SITE.contains(site)) {
      throw new RequestException(
          403, "X-Requested-With", "a request with the cookie that may have come from another site changes nothing; send"
              + " 'X-Requested-With: arturo', or the token in 'Authorization: Bearer'");
    }
  }

  private static String secret(String authorization) {
    Matcher matcher = BEARER.matcher(authorization.strip());
    if (!matcher.matches()) {
      throw unauthorized("Authorization is not of the form 'Bearer TOKEN'; send it so");
    }
    return matcher.group(1);
  }

  private Right right(String known) {
    synchronized (rightBefore) {
      return rightBefore.get(known);
    }
  }

  private void remember(String known, Right right) {
    synchronized (rightBefore) {
      if (right == null) {
        rightBefore.remove(known);
      } else {
        rightBefore.put(known, right);
      }
    }
  }

  private static String hash(String secret) {
    return HexFormat.of().formatHex(Hash.sha256(secret.getBytes(StandardCharsets.UTF_8)));
  }

  private static RequestException unauthorized(String message) {
    return new RequestException(401, null, message, Map.of("WWW-Authenticate", "Bearer"));
  }

  private static RequestException tooMany(double seconds, String what) {
    long whole = Math.max(1, (long) Math.ceil(seconds));
    return new RequestException(429, null, what + "; wait " + whole + " s", Map.of("Retry-After", Long.toString(whole)));
  }
}
