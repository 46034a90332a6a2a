// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.client;

import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.client.ConnectionException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What a job tells, until it has ended. Asking for the next event waits for it. Where a connection breaks, or the server is started
 * anew, the stream goes on behind the last event; none is told twice. One thread reads, any may close.
 */
public final class JobEvents implements Iterator<JobEvent>, AutoCloseable {
  private static final Duration STEADY = Duration.ofSeconds(10);

  private final Exchange exchange;
  private final long id;
  private long after;
  private Job last;
  private JobEvent next;
  private boolean ended;
  private Backoff backoff;
  private long connected;
  private volatile EventReader reader;
  private volatile boolean closed;

  JobEvents(Exchange exchange, long id, long after) {
    this.exchange = exchange;
    this.id = id;
    this.after = after;
    backoff = new Backoff(exchange.settings().streamPatience());
  }

  /** The position behind the last event that was told, from which another stream may go on. */
  public long position() {
    return after;
  }

  /**
   * Whether there is another event; waits until that is known. False, too, once the stream is closed.
   *
   * @throws ServiceException if the server refuses
   * @throws ConnectionException if it cannot be reached for longer than the client's patience
   */
  @Override
  public boolean hasNext() {
    while (next == null && !ended && !closed) {
      EventReader now = reader == null ? connect() : reader;
      try {
        ServerEvent event = now.next();
        if (event == null) {
          again(now, new ConnectionException(Kind.BROKEN, "the server at " + exchange.server() + " ends its events too early", null));
        } else {
          next = take(event);
        }
      } catch (ProtocolException e) {
        close();
        throw new ConnectionException(Kind.NO_ARTURO, "what answers at " + exchange.server() + " sends " + e.getMessage(), e);
      } catch (IOException e) {
        again(now, Failure.of(exchange.server(), e));
      }
    }
    if (ended) {
      close();
    }
    return next != null;
  }

  @Override
  public JobEvent next() {
    if (!hasNext()) {
      throw new NoSuchElementException("job " + id + " tells nothing more");
    }
    JobEvent event = next;
    next = null;
    return event;
  }

  private EventReader connect() {
    HttpRequest request =
        exchange.request("/jobs/" + id + "/events")
            .header("Accept", "text/event-stream")
            .header("Last-Event-ID", Long.toString(after))
            .build();
    HttpResponse<InputStream> response = exchange.stream(request, "text/event-stream");
    connected = System.nanoTime();
    EventReader made = new EventReader(exchange.watched(response));
    reader = made;
    if (closed) {
      disconnect(made);
    }
    return made;
  }

  /** Waits for a new connection in place of this one, as long as there is patience. */
  private void again(EventReader before, ConnectionException failure) {
    Duration retry = before.retry();
    disconnect(before);
    if (closed) {
      return;
    }
    if (System.nanoTime() - connected > STEADY.toNanos()) {
      backoff = new Backoff(exchange.settings().streamPatience());
    }
    if (!backoff.waits(retry == null || retry.compareTo(STEADY) < 0 ? retry : STEADY)) {
      throw failure;
    }
  }

  private JobEvent take(ServerEvent event) {
    JobEvent taken =
        switch (event.type()) {
          case "training" -> told(event);
          case "job" -> changed(event);
          case "end" -> {
            ended = true;
            yield null;
          }
          default -> null; // of a newer server
        };
    if (taken != null) {
      backoff = new Backoff(exchange.settings().streamPatience());
    }
    return taken;
  }

  private JobEvent told(ServerEvent event) {
    if (event.id() == null || !event.id().matches("[0-9]{1,18}")) {
      throw new ConnectionException(
          Kind.OTHER_VERSION, "the server at " + exchange.server() + " sends events without their position", null);
    }
    long position = Long.parseLong(event.id());
    if (position <= after) {
      return null; // told before
    }
    Map<String, Object> values = Answer.object(exchange.server(), event.data());
    after = position;
    return new JobEvent.Told(position, String.valueOf(values.get("type")), values);
  }

  private JobEvent changed(ServerEvent event) {
    Job job = Answer.value(exchange.server(), event.data(), Job.class);
    if (job.equals(last)) {
      return null; // told at the beginning of each connection
    }
    last = job;
    return new JobEvent.Changed(job);
  }

  private void disconnect(EventReader now) {
    reader = null;
    try {
      now.close();
    } catch (IOException e) {
      // Nothing more is read from it.
    }
  }

  @Override
  public void close() {
    closed = true;
    EventReader now = reader;
    if (now != null) {
      disconnect(now);
    }
  }
}
