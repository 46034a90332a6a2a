// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.http.Context;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what. */
class AccessTest {
  private static final String JOB = "{\"experiment\": \"fmnist_cnn\"}";

  @TempDir
  Path folder;

  private TestServer server;

  @BeforeEach
  void start() {
    server = new TestServer(folder, new Limits(1 << 18, 1 << 20, 0, 200, 400, 10, 100));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpRequest.Builder with(String path) {
    return HttpRequest.newBuilder(server.uri(path));
  }

  @Test
  void whoeverHasNoTokenSeesThePageAndNothingOfJobs() {
    assertThat(server.send(with("/api/v1/jobs")).statusCode()).isEqualTo(401);
    assertThat(server.send(with("/api/v1/jobs")).headers().firstValue("WWW-Authenticate")).contains("Bearer");
    assertThat(server.send(with("/docs")).statusCode()).isEqualTo(200);
    assertThat(server.send(with("/openapi.yaml")).body()).startsWith("openapi: 3.0.3");
    assertThat(server.send(with("/healthz")).statusCode()).isEqualTo(200);
    assertThat(server.send(with("/readyz")).statusCode()).isEqualTo(200);
  }

  @Test
  void aReaderLooksAUserSubmitsAnAdminGivesTokens() {
    assertThat(server.get("reader", "/api/v1/jobs").statusCode()).isEqualTo(200);
    assertThat(server.send("reader", "POST", "/api/v1/jobs", JOB).statusCode()).isEqualTo(403);
    assertThat(server.jobs.changes).isZero();
    assertThat(server.send("user", "POST", "/api/v1/jobs", JOB).statusCode()).isEqualTo(201);
    assertThat(server.get("user", "/api/v1/tokens").statusCode()).isEqualTo(403);
    assertThat(server.get("user", "/api/v1/audit").statusCode()).isEqualTo(403);
    assertThat(server.send("user", "POST", "/api/v1/devices/jvm/drain", null).statusCode()).isEqualTo(403);
    assertThat(server.get("admin", "/api/v1/tokens").statusCode()).isEqualTo(200);
    HttpResponse<String> refused = server.send("user", "POST", "/api/v1/tokens", "{\"name\": \"x\", \"role\": \"admin\"}");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("role admin", "token 'user' has role user");
    assertThat(server.tokens.changes).isZero();
  }

  @Test
  void aCookieIsForThisSiteOnlyAndChangesNothingWithoutAHeaderThatOthersCannotSend() {
    HttpResponse<String> session =
        server.send(with("/api/v1/session").header("Content-Type", "application/json").header("X-Forwarded-Proto", "https")
            .POST(BodyPublishers.ofString("{\"token\": \"secret-admin\"}")));
    assertThat(session.statusCode()).isEqualTo(200);
    String cookie = session.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("arturo_token=secret-admin", "HttpOnly", "SameSite=Strict", "Path=/", "Secure");
    String sent = "arturo_token=secret-admin";
    assertThat(server.send(with("/api/v1/session").header("Cookie", sent)).body()).contains("\"name\":\"admin\"");
    assertThat(server.send(with("/api/v1/devices/jvm/drain").header("Cookie", sent).POST(BodyPublishers.noBody())).statusCode())
        .isEqualTo(403);
    assertThat(server.send(with("/api/v1/devices/jvm/drain").header("Cookie", sent).header("X-Requested-With", "arturo")
        .header("Sec-Fetch-Site", "cross-site").POST(BodyPublishers.noBody())).statusCode()).isEqualTo(403);
    assertThat(server.jobs.changes).isZero();
    assertThat(server.send(with("/api/v1/devices/jvm/drain").header("Cookie", sent).header("X-Requested-With", "arturo")
        .POST(BodyPublishers.noBody())).statusCode()).isEqualTo(200);
    assertThat(server.send(with("/api/v1/jobs").header("Cookie", sent).header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(JOB))).statusCode()).isEqualTo(201);
    HttpResponse<String> plain =
        server.send(with("/api/v1/session").header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"token\": \"secret-admin\"}")));
    assertThat(plain.headers().firstValue("Set-Cookie").orElseThrow()).doesNotContain("Secure");
    HttpResponse<String> end = server.send(with("/api/v1/session").header("Cookie", sent).DELETE());
    assertThat(end.headers().firstValue("Set-Cookie").orElseThrow()).contains("arturo_token=;", "Expires=Thu, 01 Jan 1970", "Path=/");
  }

  @Test
  void wrongTokensAreCountedAndTheRightOnesOfBeforeStillOpen() {
    assertThat(server.get("user", "/api/v1/jobs").statusCode()).isEqualTo(200);
    for (int i = 0; i < 10; i++) {
      assertThat(server.get("guess-" + i, "/api/v1/jobs").statusCode()).isEqualTo(401);
    }
    int lookups = server.tokens.lookups;
    HttpResponse<String> refused = server.get("admin", "/api/v1/jobs");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(Integer.parseInt(refused.headers().firstValue("Retry-After").orElseThrow())).isBetween(1, 6);
    assertThat(server.tokens.lookups).isEqualTo(lookups);
    assertThat(server.get("user", "/api/v1/jobs").statusCode()).isEqualTo(200);
  }

  @Test
  void aTokenThatIsRightIsNotLookedUpForEachRequest() {
    long[] now = {0};
    Access access = new Access(server.tokens, Limits.STANDARD, () -> now[0]);
    Context context =
        (Context) Proxy.newProxyInstance(
            Context.class.getClassLoader(), new Class<?>[] {Context.class},
            (proxy, method, arguments) -> method.getName().equals("ip") ? "127.0.0.1" : null);
    for (int i = 0; i < 5; i++) {
      assertThat(access.token(context, "secret-user").name()).isEqualTo("user");
    }
    assertThat(server.tokens.lookups).isEqualTo(1);
    now[0] = 1_000_000_000;
    access.token(context, "secret-user");
    assertThat(server.tokens.lookups).isEqualTo(2);
  }

  @Test
  void aRevokedTokenOpensNothing() {
    assertThat(server.get("user", "/api/v1/jobs").statusCode()).isEqualTo(200);
    assertThat(server.send("admin", "DELETE", "/api/v1/tokens/2", null).statusCode()).isEqualTo(204);
    assertThat(server.get("user", "/api/v1/jobs").statusCode()).isEqualTo(401);
  }

  @Test
  void allThatIsAnsweredForbidsWhatPagesNeedNot() {
    for (String path : new String[] {"/docs", "/api/v1/jobs", "/nothing"}) {
      HttpResponse<String> answer = server.get("reader", path);
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'", "frame-ancestors 'none'");
      assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    }
  }
}
