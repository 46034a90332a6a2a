// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.http;

import io.github.arturo4j.service.api.Device;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobPage;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.process.Lines;
import io.github.arturo4j.service.queue.Change;
import io.github.arturo4j.service.queue.Jobs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The streams of events: of one job, and of all.
 *
 * @param jobs all of them
 * @param streams those that are open
 */
record StreamOperations(Jobs jobs, Streams streams) {
  private static final Set<State> ALIVE = EnumSet.of(State.QUEUED, State.RUNNING, State.STOPPING);
  private static final int PAGE = 1000;
  private static final int ENDED = 100;

  /**
   * What is at the beginning.
   *
   * @param jobs the newest first
   * @param devices all
   */
  record Snapshot(List<Job> jobs, List<Device> devices) {}

  /**
   * What is at the end.
   *
   * @param id the job
   * @param state its last; null if it was removed
   */
  record End(long id, State state) {}

  /** By operationId. */
  Map<String, Call.Handler> handlers() {
    return Map.of("streamJob", this::one, "streamJobs", this::all);
  }

  /** Whether a job's process does nothing any more. */
  static boolean hasEnded(Job job) {
    return !ALIVE.contains(job.state());
  }

  /** Whether a change is one of a job. */
  static boolean isOf(Change change, long id) {
    return switch (change) {
      case Change.OfJob of -> of.job().id() == id;
      case Change.Removed removed -> removed.id() == id;
      case Change.OfDevice of -> false;
    };
  }

  private void one(Call call) throws IOException {
    long id = call.number("id");
    Path file = jobs.folder(id).events();
    String from = call.parameters().containsKey("Last-Event-ID") ? "Last-Event-ID" : "after";
    long after = call.parameters().containsKey(from) ? call.number(from) : 0;
    if (!Lines.isBegin(file, after)) {
      throw new RequestException(
          400, from, from + " is " + after + ", and no event of job " + id + " ends there; leave it out to have all of them");
    }
    if (call.headersOnly()) {
      EventStream.headers(call.context());
      return;
    }
    streams.run(
        call.token().id(), change -> isOf(change, id), file,
        subscription -> tell(jobs.get(id), new Lines(file, after), call, subscription));
  }

  /** The lines that were written before a job has ended come before the news of that. */
  private void tell(Job first, Lines lines, Call call, Subscription subscription) throws IOException, InterruptedException {
    long id = first.id();
    EventStream out = new EventStream(call.context());
    out.event("job", -1, Json.bytes(first));
    Job job = first;
    while (!subscription.over()) {
      Job next = null;
      for (Change change : subscription.take()) {
        if (!(change instanceof Change.OfJob of)) {
          out.event("end", -1, Json.bytes(new End(id, null)));
          out.flush();
          return;
        }
        next = of.job();
      }
      boolean ended = hasEnded(next == null ? job : next);
      lines.read(
          (line, end) -> {
            out.event("training", end, line);
            return !subscription.over();
          });
      if (next != null) {
        job = next;
        out.event("job", -1, Json.bytes(job));
      }
      if (ended && !subscription.over()) {
        out.event("end", -1, Json.bytes(new End(id, job.state())));
      }
      out.flush();
      if (ended) {
        return;
      }
      subscription.await(out.nanosToHeartbeat());
    }
  }

  private void all(Call call) throws IOException {
    if (call.headersOnly()) {
      EventStream.headers(call.context());
      return;
    }
    streams.run(
        call.token().id(), change -> true, null,
        subscription -> {
          Snapshot snapshot = snapshot();
          EventStream out = new EventStream(call.context());
          out.event("snapshot", -1, Json.bytes(snapshot));
          while (!subscription.over()) {
            for (Change change : subscription.take()) {
              switch (change) {
                case Change.OfJob of -> out.event("job", -1, Json.bytes(of.job()));
                case Change.Removed removed -> out.event("removed", -1, Json.bytes(removed));
                case Change.OfDevice of -> out.event("device", -1, Json.bytes(of.device()));
              }
            }
            out.flush();
            subscription.await(out.nanosToHeartbeat());
          }
        });
  }

  private Snapshot snapshot() {
    List<Job> found = new ArrayList<>();
    Long before = null;
    do {
      JobPage page = jobs.list(ALIVE, null, before, PAGE);
      found.addAll(page.jobs());
      before = page.next();
    } while (before != null);
    List<Job> trials = new ArrayList<>();
    found.stream().filter(job -> job.search() != null).forEach(
        job -> jobs.trials(job.id()).stream().filter(trial -> ALIVE.contains(trial.state())).forEach(trials::add));
    found.addAll(trials);
    found.addAll(jobs.list(EnumSet.complementOf(EnumSet.copyOf(ALIVE)), null, null, ENDED).jobs());
    found.sort((one, other) -> Long.compare(other.id(), one.id()));
    return new Snapshot(found, jobs.devices());
  }
}
