// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.arturo4j.host.io.OperationException;
import io.github.arturo4j.host.io.UsageException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates, names that are nearly right, and addresses that cannot be had. */
class LimitsTest {
  @TempDir
  Path folder;

  @Test
  void aBucketGivesWhatHasFlownIn() {
    AtomicLong nanos = new AtomicLong();
    TokenBuckets<String> buckets = new TokenBuckets<>(3, 0.5, nanos::get);
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.take("a")).isZero();
    }
    assertThat(buckets.take("a")).isEqualTo(2, within(1e-9));
    assertThat(buckets.wait("b")).isZero();
    nanos.addAndGet(1_000_000_000);
    assertThat(buckets.wait("a")).isEqualTo(1, within(1e-9));
    nanos.addAndGet(1_000_000_000);
    assertThat(buckets.take("a")).isZero();
    assertThat(buckets.take("a")).isPositive();
    nanos.addAndGet(1_000_000_000_000L);
    for (int i = 0; i < 3; i++) {
      assertThat(buckets.take("a")).isZero();
    }
    assertThat(buckets.take("a")).isPositive();
  }

  @Test
  void aTokenThatAsksTooOftenWaitsAndNoOtherOne() {
    try (TestServer server = new TestServer(folder, new Limits(1 << 18, 1 << 20, 0, 1, 5, 10, 100))) {
      HttpResponse<String> answer = server.get("reader", "/api/v1/devices");
      for (int i = 0; i < 20 && answer.statusCode() == 200; i++) {
        answer = server.get("reader", "/api/v1/devices");
      }
      assertThat(answer.statusCode()).isEqualTo(429);
      assertThat(answer.headers().firstValue("Retry-After")).contains("1");
      assertThat(answer.body()).contains("token 'reader' sends too many requests; wait 1 s");
      assertThat(server.get("user", "/api/v1/devices").statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"experimnt,experiment", "prioirty,priority", "Kind,kind", "lables,labels", "devise,device", "kidn,kind"})
  void aSlipIsKnown(String name, String meant) {
    assertThat(Nearest.of(name, List.of("kind", "experiment", "priority", "labels", "device", "devices"))).contains(meant);
  }

  @Test
  void anotherWordIsNone() {
    assertThat(Nearest.of("command", List.of("kind", "experiment"))).isEmpty();
    assertThat(Nearest.of("x".repeat(100_000), List.of("kind"))).isEmpty();
  }

  @Test
  void anAddressThatCannotBeHadIsOneLine() {
    try (TestServer server = new TestServer(folder)) {
      ServerSettings taken = new ServerSettings("127.0.0.1", server.server.port(), folder, Limits.STANDARD);
      assertThatThrownBy(() -> ApiServer.start(taken, server.jobs, server.tokens, server.tokens))
          .isInstanceOf(OperationException.class)
          .hasMessage("port " + server.server.port() + " of 127.0.0.1 is taken or not ours; give another one with --port");
    }
    MemoryTokens tokens = new MemoryTokens();
    ServerSettings nowhere = new ServerSettings("no such host", 0, folder, Limits.STANDARD);
    assertThatThrownBy(() -> ApiServer.start(nowhere, new MemoryJobs(folder), tokens, tokens))
        .isInstanceOf(OperationException.class).hasMessageContaining("no interface has the address 'no such host'; ");
    assertThatThrownBy(() -> new ServerSettings("127.0.0.1", 65_536, folder, Limits.STANDARD)).isInstanceOf(UsageException.class);
    assertThatThrownBy(() -> new Limits(0, 1, 1, 1, 1, 1, 1)).isInstanceOf(UsageException.class);
  }
}
