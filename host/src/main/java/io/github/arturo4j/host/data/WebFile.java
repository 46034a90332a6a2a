// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * A file on a web server, which is read from its beginning. Redirections are followed, but none from HTTPS to HTTP.
 * What goes wrong is a {@link DataException}, in words.
 */
final class WebFile implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final int OK = 200;
  private static final int PROXY_AUTHENTICATION = 407;

  static {
    // Java would not give a proxy its password on the way to an HTTPS server, as curl does.
    if (System.getProperty("jdk.http.auth.tunneling.disabledSchemes") == null) {
      System.setProperty("jdk.http.auth.tunneling.disabledSchemes", "");
    }
  }

  private final URI source;
  private final long max;
  private final Patience patience;
  private final EnvironmentProxies.Named proxy;
  private final HttpClient client;
  private final InputStream body;
  private final long size;
  private final Thread watch;
  private volatile long read;
  private volatile boolean slow;
  private volatile long late;

  /**
   * Asks for a file and waits for the answer.
   *
   * @param max bytes that are taken at most
   */
  WebFile(URI source, long max, Patience patience, EnvironmentProxies proxies) {
    this.source = source;
    this.max = max;
    this.patience = patience;
    proxy = proxies.find(source).orElse(null);
    client = client(proxies);
    HttpResponse<InputStream> response = ask();
    body = response.body();
    size = response.headers().firstValueAsLong("Content-Length").orElse(-1);
    if (response.statusCode() != OK || size > max) {
      client.shutdownNow();
      throw fault(response.statusCode() == OK ? tooLong(size) : status(response), null);
    }
    watch = Thread.ofVirtual().start(this::watch);
  }

  private HttpClient client(EnvironmentProxies proxies) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .proxy(proxies);
    if (proxy != null && proxy.credentials().isPresent()) {
      builder.authenticator(
          new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
              return getRequestorType() == RequestorType.PROXY ? proxy.credentials().get() : null;
            }
          });
    }
    return builder.build();
  }

  private HttpResponse<InputStream> ask() {
    CompletableFuture<HttpResponse<InputStream>> answer =
        client.sendAsync(HttpRequest.newBuilder(source).build(), HttpResponse.BodyHandlers.ofInputStream());
    try {
      return answer.get(patience.answer().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      client.shutdownNow();
      IOException cause = e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
      throw fault(reason(cause), cause);
    } catch (TimeoutException e) {
      client.shutdownNow();
      throw fault("no answer in " + Patience.seconds(patience.answer()), null);
    } catch (InterruptedException e) {
      client.shutdownNow();
      Thread.currentThread().interrupt();
      throw fault("it was interrupted", null);
    }
  }

  private static String status(HttpResponse<?> response) {
    String to = response.headers().firstValue("Location").map(location -> ", to " + location).orElse("");
    String why =
        response.statusCode() == PROXY_AUTHENTICATION
            ? ", the proxy wants a name and a password, as in http://NAME:PASSWORD@HOST:PORT"
            : "";
    return "HTTP status " + response.statusCode() + to + why;
  }

  private String tooLong(long bytes) {
    return "%,d bytes are more than the %,d that it may have".formatted(bytes, max);
  }

  /** Gives the server up when too little has come for too long. */
  private void watch() {
    try {
      for (long before = 0; ; before = read) {
        Thread.sleep(patience.time());
        late = read - before;
        if (late < patience.min()) {
          slow = true;
          body.close(); // whoever reads gets an exception
          return;
        }
      }
    } catch (InterruptedException | IOException e) {
      // closed, or broken: the reader knows
    }
  }

  /** Bytes of all of it; -1 if the server does not say. */
  long size() {
    return size;
  }

  /** Reads some bytes; how many, or -1 at the end. */
  int read(byte[] buffer) {
    int n;
    try {
      n = body.read(buffer);
    } catch (IOException e) { // also where the body is shorter than the server said
      throw fault(slow ? tooSlow() : reason(e), e);
    }
    read += Math.max(n, 0); // one thread writes it
    if (read > max) {
      throw fault(tooLong(read), null);
    }
    return n;
  }

  private String tooSlow() {
    return late == 0
        ? "nothing came for " + Patience.seconds(patience.time()) + after()
        : "only %,d bytes came in %s%s".formatted(late, Patience.seconds(patience.time()), after());
  }

  private String reason(IOException e) {
    String host =
        "no connection to " + source.getHost()
            + (proxy == null ? "" : " through the proxy " + proxy.place() + " of " + proxy.variable());
    return switch (e) {
      case HttpConnectTimeoutException late -> host + " (no answer in " + Patience.seconds(CONNECT) + ")";
      case ConnectException unknown when isUnresolved(unknown) -> host + " (its name is not known here)";
      case ConnectException refused -> host + " (" + said(refused, "Connection refused") + ")";
      case NoRouteToHostException none -> host + " (" + none.getMessage() + ")";
      case SSLException untrusted -> host + " that is secure (its certificate is none that this Java trusts)";
      default ->
          (read > 0 ? "the connection broke" + after() : "the connection broke before the file came")
              + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
    };
  }

  private static String said(IOException e, String otherwise) {
    return e.getMessage() == null ? otherwise : e.getMessage();
  }

  private static boolean isUnresolved(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException) {
        return true;
      }
    }
    return false;
  }

  private String after() {
    if (read == 0) {
      return "";
    }
    return " after %,d".formatted(read) + (size < 0 ? "" : " of %,d".formatted(size)) + " bytes";
  }

  private DataException fault(String what, IOException cause) {
    return new DataException("cannot fetch " + source + ": " + what, cause);
  }

  @Override
  public void close() {
    watch.interrupt();
    client.shutdownNow();
  }
}
