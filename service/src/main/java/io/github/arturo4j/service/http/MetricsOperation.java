// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.queue.Jobs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/** The curves of jobs; those that were asked for last are kept, to go on reading where they were. */
final class MetricsOperation {
  /** Points of all jobs together, about 60 MB. */
  private static final long POINTS = 2_000_000;

  private static final int JOBS = 1000;

  /** Points of a request at most, as many as a job may have ten times over: 20 MB or so. */
  private static final int TOGETHER = 100_000;

  private final Jobs jobs;
  private final Map<Long, Curves> known = new LinkedHashMap<>(16, 0.75f, true);

  /** Those of these jobs. */
  MetricsOperation(Jobs jobs) {
    this.jobs = jobs;
  }

  /** By operationId. */
  Map<String, Call.Handler> handlers() {
    return Map.of("getMetrics", this::get, "listCurves", this::list);
  }

  private void list(Call call) throws IOException {
    String[] numbers = call.text("jobs").split(",");
    int points = (int) call.number("points");
    if ((long) numbers.length * points > TOGETHER) {
      throw new RequestException(
          400, "points", "points is " + points + " for " + numbers.length + " jobs, more than " + TOGETHER + " together; give at most "
              + TOGETHER / numbers.length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String before = "{\"curves\":[";
    for (String number : numbers) {
      long id = Long.parseLong(number);
      Job job = jobs.get(id);
      out.writeBytes((before + "{\"job\":").getBytes(StandardCharsets.UTF_8));
      out.writeBytes(Json.bytes(job));
      out.writeBytes(",\"metrics\":".getBytes(StandardCharsets.UTF_8));
      out.writeBytes(curves(id, jobs.folder(id).events()).json(points));
      out.write('}');
      before = ",";
    }
    out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
    answer(call, out.toByteArray());
  }

  private void get(Call call) throws IOException {
    long id = call.number("id");
    answer(call, curves(id, jobs.folder(id).events()).json((int) call.number("points")));
  }

  private static void answer(Call call, byte[] json) {
    call.context().header("Cache-Control", "no-store").contentType("application/json").result(json);
  }

  private Curves curves(long id, Path file) {
    synchronized (known) {
      long points = known.values().stream().mapToLong(Curves::size).sum();
      Iterator<Curves> eldest = known.values().iterator();
      while (eldest.hasNext() && (points > POINTS || known.size() >= JOBS)) {
        points -= eldest.next().size();
        eldest.remove();
      }
      return known.computeIfAbsent(id, each -> new Curves(file));
    }
  }
}
