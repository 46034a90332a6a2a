// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies that the environment names, as curl takes them: {@code https_proxy}, {@code http_proxy} and
 * {@code all_proxy}, but for the hosts of {@code no_proxy}, each also in capitals; without them, Java's own.
 */
final class EnvironmentProxies extends ProxySelector {
  private static final int USUAL_PORT = 80;

  private final Map<String, String> environment;

  EnvironmentProxies(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * A proxy.
   *
   * @param variable that names it
   */
  record Named(String variable, URI address) {
    /** Where it is, without name and password. */
    String place() {
      return address.getHost() + ":" + port();
    }

    private int port() {
      return address.getPort() < 0 ? USUAL_PORT : address.getPort();
    }

    /** Name and password, if the address has them. */
    Optional<PasswordAuthentication> credentials() {
      String user = address.getRawUserInfo();
      if (user == null) {
        return Optional.empty();
      }
      String[] parts = user.split(":", 2);
      return Optional.of(
          new PasswordAuthentication(decode(parts[0]), decode(parts.length < 2 ? "" : parts[1]).toCharArray()));
    }

    private static String decode(String text) {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
  }

  /**
   * The proxy for an address.
   *
   * @throws DataException if a variable does not name one that can be used
   */
  Optional<Named> find(URI uri) {
    if (isExcluded(uri)) {
      return Optional.empty();
    }
    return Stream.of(uri.getScheme() + "_proxy", "all_proxy").flatMap(this::named).findFirst();
  }

  private Stream<Named> named(String variable) {
    return Stream.of(variable, variable.toUpperCase(Locale.ROOT))
        .filter(name -> !environment.getOrDefault(name, "").isBlank())
        .limit(1)
        .map(name -> new Named(name, address(name, environment.get(name).strip())));
  }

  private static URI address(String variable, String value) {
    try {
      URI address = URI.create(value.contains("://") ? value : "http://" + value);
      if ("http".equals(address.getScheme()) && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // said below; not with the value, which may have a password in it
    }
    throw new DataException(
        variable + " names no HTTP proxy; set it to http://HOST:PORT, or to nothing and get the files by other means");
  }

  private boolean isExcluded(URI uri) {
    String excluded = environment.getOrDefault("no_proxy", environment.getOrDefault("NO_PROXY", ""));
    String host = uri.getHost().toLowerCase(Locale.ROOT);
    return Stream.of(excluded.toLowerCase(Locale.ROOT).split("[,\\s]+"))
        .map(entry -> entry.replaceFirst("^\\*?\\.", ""))
        .anyMatch(
            entry ->
                entry.equals("*")
                    || !entry.isEmpty()
                        && Stream.of(host, host + ":" + uri.getPort())
                            .anyMatch(name -> name.equals(entry) || name.endsWith("." + entry)));
  }

  @Override
  public List<Proxy> select(URI uri) {
    return find(uri)
        .map(
            named ->
                List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(named.address.getHost(), named.port()))))
        .orElseGet(
            () -> isExcluded(uri) || getDefault() == null ? List.of(Proxy.NO_PROXY) : getDefault().select(uri));
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    // whoever connects says it
  }
}
