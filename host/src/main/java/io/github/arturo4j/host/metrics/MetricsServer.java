// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.metrics;

import io.github.arturo4j.host.io.InputException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Serves a registry for Prometheus at {@code /metrics}.
 *
 * <p>No peer keeps another from being served, or the training from opening its files: a connection has a thread of its
 * own, one request and a few seconds in all; where there are too many at once, the oldest gives way. The JDK's HTTP
 * server turns away the newcomer there, has its time limits from properties of the whole process, and logs to the error
 * stream.
 */
public final class MetricsServer implements AutoCloseable {
  /** Connections at once. */
  static final int CONNECTIONS = 64;

  private static final Duration TIME = Duration.ofSeconds(5);
  private static final int BACKLOG = 256;
  private static final int PAUSE_MILLIS = 100;

  private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final ServerSocket listener;
  private final Duration time;
  private final Deque<Socket> open = new ArrayDeque<>(); // the oldest first
  private final ScheduledThreadPoolExecutor deadlines;

  /**
   * Starts the server.
   *
   * @param address to listen at: a name or number of this machine; null for its loopback address
   * @param port the port; 0 for any that is free
   * @throws InputException if they cannot be had
   */
  public MetricsServer(String address, int port) {
    this(address, port, TIME);
  }

  /** The same with another time for a connection. */
  MetricsServer(String address, int port, Duration time) {
    this.time = time;
    listener = listen(address, port);
    deadlines = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("metrics-deadlines").factory());
    deadlines.setRemoveOnCancelPolicy(true);
    Thread.ofPlatform().daemon().name("metrics").start(this::accept);
  }

  private static ServerSocket listen(String address, int port) {
    try {
      InetAddress where = address == null ? InetAddress.getLoopbackAddress() : InetAddress.getByName(address);
      if (where instanceof Inet6Address six && six.isLinkLocalAddress() && six.getScopeId() == 0) {
        throw new InputException(
            "--metrics-address is '" + address + "', an address of one network; say of which, as in '" + address
                + "%eth0' ('ip link' lists them), or " + addresses());
      }
      if (!isOfThisMachine(where)) {
        throw new InputException(
            "--metrics-address is '" + address + "', which is no address of this machine; " + addresses());
      }
      return new ServerSocket(port, BACKLOG, where);
    } catch (UnknownHostException e) {
      throw new InputException(
          "--metrics-address is '" + address + "', which is no address and no name known here; " + addresses(), e);
    } catch (IOException e) {
      throw new InputException(refusal(String.valueOf(e.getMessage()), port), e);
    }
  }

  /** Whether anybody can ask there: the system also listens at a broadcast or multicast address, which nobody can. */
  private static boolean isOfThisMachine(InetAddress where) throws IOException {
    return where.isAnyLocalAddress() || where.isLoopbackAddress() || NetworkInterface.getByInetAddress(where) != null;
  }

  private static String refusal(String system, int port) {
    String lower = system.toLowerCase(Locale.ROOT);
    String cause =
        lower.contains("in use")
            ? "another program listens there"
            : lower.contains("denied") ? "this user may not listen there" : lower;
    return "cannot listen on --metrics-port " + port + ": " + cause
        + "; choose another port above 1023, or 0 for any that is free";
  }

  private static String addresses() {
    return "leave it out for this machine alone, or give 0.0.0.0 for every address it has";
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        begin(listener.accept());
      } catch (IOException | OutOfMemoryError e) { // also where all file handles or threads are in use: some become free
        pause();
      }
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void begin(Socket peer) {
    Socket oldest = null;
    synchronized (open) {
      if (open.size() == CONNECTIONS) {
        oldest = open.poll();
      }
      open.add(peer);
    }
    if (oldest != null) {
      close(oldest);
    }
    Thread.startVirtualThread(() -> serve(peer));
  }

  private void serve(Socket peer) {
    try {
      Future<?> end = deadlines.schedule(() -> close(peer), time.toNanos(), TimeUnit.NANOSECONDS);
      try {
        MetricsExchange.answer(peer, registry::scrape);
      } finally {
        end.cancel(false);
      }
    } catch (IOException | RejectedExecutionException e) {
      // It has left, its time is over, it gave way, or the server is closed: nobody is there to be told.
    } finally {
      close(peer);
      synchronized (open) {
        open.remove(peer);
      }
    }
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // Closed as far as it can be.
    }
  }

  /** The registry that is served. */
  public MeterRegistry registry() {
    return registry;
  }

  /** The port it listens on. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Where it answers, and who may ask, for people. */
  public String description() {
    InetAddress where = listener.getInetAddress();
    String host = where.getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + MetricsExchange.PATH
        + (where.isAnyLocalAddress() ? ", on every address of this machine" : "");
  }

  @Override
  public void close() {
    close(listener);
    deadlines.shutdownNow();
    List<Socket> left;
    synchronized (open) {
      left = List.copyOf(open);
    }
    left.forEach(MetricsServer::close);
  }
}
