// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Proxy;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentProxiesTest {
  private static final URI SECURE = URI.create("https://www.cs.toronto.edu/~kriz/");

  static List<Arguments> environments() {
    return List.of(
        arguments(Map.of(), SECURE, null),
        arguments(Map.of("https_proxy", ""), SECURE, null),
        arguments(Map.of("https_proxy", "http://proxy:3128"), SECURE, "proxy:3128 of https_proxy"),
        arguments(Map.of("https_proxy", "http://proxy:3128/"), SECURE, "proxy:3128 of https_proxy"),
        arguments(Map.of("HTTPS_PROXY", "proxy:3128"), SECURE, "proxy:3128 of HTTPS_PROXY"),
        arguments(Map.of("https_proxy", "a:1", "HTTPS_PROXY", "b:2"), SECURE, "a:1 of https_proxy"),
        arguments(Map.of("https_proxy", "proxy"), SECURE, "proxy:80 of https_proxy"),
        arguments(Map.of("http_proxy", "proxy:3128"), SECURE, null),
        arguments(Map.of("http_proxy", "proxy:3128"), URI.create("http://a.b/"), "proxy:3128 of http_proxy"),
        arguments(Map.of("all_proxy", "proxy:3128"), SECURE, "proxy:3128 of all_proxy"),
        arguments(Map.of("ALL_PROXY", "a:1", "https_proxy", "b:2"), SECURE, "b:2 of https_proxy"),
        arguments(Map.of("https_proxy", "http://me:secret@proxy:3128"), SECURE, "proxy:3128 of https_proxy"));
  }

  @ParameterizedTest
  @MethodSource("environments")
  void areFoundAsCurlFindsThem(Map<String, String> environment, URI uri, String proxy) {
    EnvironmentProxies proxies = new EnvironmentProxies(environment);
    assertThat(proxies.find(uri).map(named -> named.place() + " of " + named.variable()).orElse(null)).isEqualTo(proxy);
    if (proxy == null) {
      assertThat(proxies.select(uri)).containsExactly(Proxy.NO_PROXY);
    } else {
      InetSocketAddress address = (InetSocketAddress) proxies.select(uri).getFirst().address();
      assertThat(proxy).startsWith(address.getHostString() + ":" + address.getPort() + " ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "*, false", "toronto.edu, false", ".toronto.edu, false", "*.toronto.edu, false", "www.cs.toronto.edu, false",
    "WWW.CS.TORONTO.EDU, false", "'a.b, .edu', false", "'a.b www.cs.toronto.edu', false", "'', true", "',', true",
    "oronto.edu, true", "cs.toronto.ed, true", "other, true"
  })
  void hostsAreExcluded(String excluded, boolean proxied) {
    Map<String, String> environment = Map.of("https_proxy", "proxy:3128", "no_proxy", excluded);
    assertThat(new EnvironmentProxies(environment).find(SECURE).isPresent()).isEqualTo(proxied);
  }

  @Test
  void nameAndPasswordAreDecoded() {
    Map<String, String> environment = Map.of("https_proxy", "http://me:p%40s+s%3A@proxy:3128");
    PasswordAuthentication credentials =
        new EnvironmentProxies(environment).find(SECURE).orElseThrow().credentials().orElseThrow();
    assertThat(credentials.getUserName()).isEqualTo("me");
    assertThat(new String(credentials.getPassword())).isEqualTo("p@s+s:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socks5://me:secret@proxy:1080", "https://secret:443", "http://", "http://secret:port", "a secret"
      })
  void othersAreRefusedWithoutTheirPassword(String value) {
    assertThatExceptionOfType(DataException.class)
        .isThrownBy(() -> new EnvironmentProxies(Map.of("https_proxy", value)).find(SECURE))
        .withMessage("https_proxy names no HTTP proxy; set it to http://HOST:PORT, or to nothing and get the files by"
            + " other means");
  }
}
