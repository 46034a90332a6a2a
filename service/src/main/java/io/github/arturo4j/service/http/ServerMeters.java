// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.queue.Jobs;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.EventsHandler;

/** The meters of the service, by Prometheus' conventions; as a handler of Jetty's they see answers that no route gives, too. */
final class ServerMeters extends EventsHandler implements MeterBinder {
  private final Jobs jobs;
  private final JobCensus census;
  private final Streams streams;
  private final Map<Kind, Counter> requests = new ConcurrentHashMap<>();
  private MeterRegistry registry;
  private Counter sent;

  /** What requests have in common that are counted together. */
  private record Kind(String route, String method, int status) {}

  /** Of these jobs and streams. */
  ServerMeters(Jobs jobs, JobCensus census, Streams streams) {
    this.jobs = jobs;
    this.census = census;
    this.streams = streams;
  }

  @Override
  public void bindTo(MeterRegistry to) {
    registry = to;
    for (State state : State.values()) {
      Gauge.builder("arturo.jobs", census, each -> each.in(state)).description("Jobs by state").tag("state", state.word()).register(to);
    }
    Gauge.builder("arturo.queue.oldest.wait", census, each -> each.oldestWait(Instant.now()))
        .description("Time that the job which has waited longest has waited").baseUnit("seconds").register(to);
    FunctionCounter.builder("arturo.attempts", census, JobCensus::attempts)
        .description("Processes of jobs that were started since the server was").register(to);
    for (Device device : jobs.devices()) {
      device(to, "arturo.device.slots", "Jobs that a device can run at a time", device.id(), Device::slots);
      device(to, "arturo.device.busy.slots", "Jobs that run on a device", device.id(), Device::busy);
    }
    Gauge.builder("arturo.event.streams", streams, Streams::open).description("Event streams and followed logs that are open").register(to);
    sent = Counter.builder("arturo.http.sent").description("Content of answers, as it was sent").baseUnit("bytes").register(to);
  }

  private void device(MeterRegistry to, String name, String description, String id, ToIntFunction<Device> value) {
    Gauge.builder(
        name, jobs,
        each -> each.devices().stream().filter(device -> device.id().equals(id)).mapToInt(value).findFirst().orElse(0))
        .description(description).tag("device", id).register(to);
  }

  @Override
  protected void onResponseWrite(Request request, boolean last, ByteBuffer content) {
    if (content != null) {
      sent.increment(content.remaining());
    }
  }

  @Override
  protected void onComplete(Request request, int status, HttpFields headers, Throwable failure) {
    Object route = request.getAttribute(Api.ROUTE);
    Kind kind = new Kind(route == null ? "none" : route.toString(), method(request.getMethod()), status);
    requests.computeIfAbsent(kind, this::counter).increment();
  }

  private Counter counter(Kind kind) {
    return Counter.builder("arturo.http.requests").description("Requests that were answered, by route, method and status")
        .tag("route", kind.route()).tag("method", kind.method()).tag("status", Integer.toString(kind.status())).register(registry);
  }

  /** One of a few, whatever clients invent. */
  private static String method(String method) {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
      default -> "other";
    };
  }
}
