// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.State;
import io.github.arturo4j.service.client.JobEvent;
import io.github.arturo4j.service.client.JobEvents;
import io.github.arturo4j.service.client.LogStream;
import io.github.arturo4j.service.client.ServiceClient;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;

/** Stays with a job until it has ended, and ends as it does. */
final class Follower {
  /** As a command does that Ctrl-C ends. */
  private static final int CANCELLED = 130;

  private static final int DIVERGED = 3;
  private static final int BUFFER = 1 << 13;

  private final ServiceClient client;
  private final long id;
  private final String serverWords;
  private final PrintWriter err;

  /**
   * Of a job.
   *
   * @param serverWords the options that a command needs to ask the same server
   */
  Follower(ServiceClient client, long id, String serverWords, PrintWriter err) {
    this.client = client;
    this.id = id;
    this.serverWords = serverWords;
    this.err = err;
  }

  /** Prints the log from a position on until the job has ended; the job. */
  Job follow(long offset, PrintWriter out) throws IOException {
    try (Detaching _ = detaching();
        LogStream log = client.followLog(id, offset)) {
      Job job = client.job(id);
      if (job.state() == State.QUEUED) {
        tell("Job " + id + " waits" + (job.waitingFor() == null ? "" : " for " + job.waitingFor()));
      }
      copy(log, out);
      return client.job(id);
    }
  }

  /** Waits until the job has ended; the job. */
  Job await() {
    try (Detaching _ = detaching();
        JobEvents events = client.events(id)) {
      String waits = null;
      while (events.hasNext()) {
        if (events.next() instanceof JobEvent.Changed(Job job) && job.state() == State.QUEUED && job.waitingFor() != null
            && !job.waitingFor().equals(waits)) {
          waits = job.waitingFor();
          tell("Job " + id + " waits for " + waits);
        }
      }
      return client.job(id);
    }
  }

  /** Prints a log as far as it goes. */
  static void copy(LogStream log, PrintWriter out) throws IOException {
    Reader text = new InputStreamReader(log, StandardCharsets.UTF_8);
    char[] buffer = new char[BUFFER];
    for (int n = text.read(buffer); n >= 0; n = text.read(buffer)) {
      out.write(buffer, 0, n);
      out.flush();
      if (out.checkError()) {
        return; // nobody reads it any more, which the end of the program tells
      }
    }
  }

  /** Says how a job has ended; the exit code that stands for it. */
  int end(Job job) {
    if (!job.state().hasEnded()) { // nobody reads the log any more
      tell(goesOn());
      return 1;
    }
    String again = job.resumable() ? "; go on with: arturo resume " + id + serverWords : "";
    return switch (job.state()) {
      case SUCCEEDED -> {
        tell("Job " + id + " is done" + (JobWords.took(job) == null ? "" : ", took " + JobWords.took(job)) + "; its files: arturo fetch "
            + id + serverWords);
        yield 0;
      }
      case CANCELLED -> {
        tell("Job " + id + " was cancelled" + (job.cancelledBy() == null ? "" : " by " + job.cancelledBy()) + again);
        yield CANCELLED;
      }
      default -> {
        boolean diverged = hasDiverged(job); // and would again
        String remedy = again.isEmpty() || diverged ? "; its log: arturo logs " + id + serverWords : again;
        tell("Job " + id + " has failed" + (job.failure() == null ? "" : ": " + job.failure()) + remedy);
        yield diverged ? DIVERGED : 1;
      }
    };
  }

  private static boolean hasDiverged(Job job) {
    return !job.attempts().isEmpty() && Integer.valueOf(DIVERGED).equals(job.attempts().getLast().exitCode());
  }

  private Detaching detaching() {
    return new Detaching(err, goesOn());
  }

  private String goesOn() {
    return "Job " + id + " goes on; come back with: arturo logs " + id + " --follow" + serverWords;
  }

  private void tell(String line) {
    err.println(Printable.of(line));
    err.flush();
  }
}
