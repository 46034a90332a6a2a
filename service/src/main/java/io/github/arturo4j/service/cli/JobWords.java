// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.io.Printable;
import io.github.arturo4j.service.api.Attempt;
import io.github.arturo4j.service.api.Job;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.Position;
import io.github.arturo4j.service.api.SearchInfo;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a job is, in words. */
final class JobWords {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  private static final int MINUTE = 60;

  private JobWords() {}

  /** A table with a row for each. */
  static void printTable(List<Job> jobs, PrintWriter out) {
    Table table = new Table("id", "state", "name", "progress", "priority", "submitted", "by", "labels", "");
    for (Job job : jobs) {
      table.add(
          job.id(), job.state().word(), job.kind() == JobKind.TRAIN ? job.name() : job.name() + " (" + job.kind().word() + ")",
          job.search() == null ? progress(job.position()) : progress(job.search()), job.priority(), time(job.submitted()),
          job.submittedBy(), String.join(",", job.labels()), note(job));
    }
    table.print(out);
  }

  /**
   * All of one, a line for each thing.
   *
   * @param trials its trials, if it is a search
   */
  static void print(Job job, List<Job> trials, PrintWriter out) {
    line(out, "job", job.id() + ", " + job.kind().word() + " " + job.experiment());
    line(out, "name", job.name().equals(job.experiment()) ? null : job.name());
    line(out, "state", job.state().word() + (job.resumable() && job.state().hasEnded() ? ", can be resumed" : ""));
    line(out, "", note(job));
    line(out, "progress", job.search() == null ? progress(job.position()) : progress(job.search()));
    line(out, "best so far", job.search() == null || job.search().best() == null ? null : best(job.search()));
    line(out, "trial", job.trial() == null ? null : job.trial().number() + " of job " + job.trial().of() + ", " + job.trial().values());
    line(
        out, "options",
        job.options() == null
            ? null
            : job.options().entrySet().stream().map(JobWords::option).collect(Collectors.joining(" ")));
    line(out, "data set", job.dataset());
    line(out, "labels", String.join(",", job.labels()));
    line(out, "priority", job.priority());
    line(out, "devices", job.devices() + (job.device() == null ? "" : ", only " + job.device()));
    line(out, "submitted", time(job.submitted()) + " by " + job.submittedBy());
    line(out, "began", time(job.began()));
    line(out, "ended", time(job.ended()));
    for (Attempt attempt : job.attempts()) {
      line(out, "attempt " + attempt.number(), words(attempt));
    }
    if (!trials.isEmpty()) {
      out.println();
      printTrials(trials, job.search().metric(), out);
    }
    out.flush();
  }

  private static String option(Map.Entry<String, Object> option) {
    Stream<?> values = option.getValue() instanceof List<?> several ? several.stream() : Stream.of(option.getValue());
    return values.map(value -> "--" + option.getKey() + " " + value).collect(Collectors.joining(" "));
  }

  private static void printTrials(List<Job> trials, String metric, PrintWriter out) {
    Table table = new Table("trial", "id", "state", "progress", metric, "values", "");
    for (Job trial : trials) {
      Double score = trial.trial().score();
      table.add(
          trial.trial().number(), trial.id(), trial.state().word(), progress(trial.position()), score == null ? null : number(score),
          trial.trial().values(), note(trial));
    }
    table.print(out);
  }

  private static String progress(SearchInfo search) {
    return search.begun() + "/" + search.trials() + " trials" + (search.running() == 0 ? "" : ", " + search.running() + " at work")
        + (search.failed() == 0 ? "" : ", " + search.failed() + " failed");
  }

  private static String best(SearchInfo search) {
    SearchInfo.Best best = search.best();
    return search.metric() + " " + number(best.value()) + ", trial " + best.trial()
        + (best.job() == null ? "" : " (job " + best.job() + ")") + ", " + best.values();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  private static void line(PrintWriter out, String name, Object value) {
    if (value != null && !value.toString().isEmpty()) {
      out.printf("%-12s %s%n", name, Printable.of(value.toString()));
    }
  }

  private static String words(Attempt attempt) {
    String end = attempt.ended() == null ? "runs" : "until " + time(attempt.ended());
    String how =
        attempt.ended() == null ? null : attempt.exitCode() == null ? "without coming to its end" : "exit code " + attempt.exitCode();
    String where = attempt.slots().isEmpty() ? "without a device" : "on " + String.join(", ", attempt.slots());
    return Stream.of(where, "from " + time(attempt.began()), end, how)
        .filter(Objects::nonNull)
        .collect(Collectors.joining(", "));
  }

  /** What there is to say of its state; null if nothing. */
  private static String note(Job job) {
    return switch (job.state()) {
      case QUEUED -> job.waitingFor() == null ? null : "waits for " + job.waitingFor();
      case RUNNING -> job.secondsLeft() == null ? null : "about " + duration(job.secondsLeft().longValue()) + " left";
      case STOPPING, CANCELLED -> job.cancelledBy() == null ? null : "by " + job.cancelledBy();
      case FAILED -> job.failure();
      case SUCCEEDED -> took(job) == null ? null : "took " + took(job);
    };
  }

  /** How long its processes were at work, those before it was resumed included, and of a search its trials; null if none has ended. */
  static String took(Job job) {
    if (job.search() != null) { // whose trials have them
      return job.ended() == null || job.began() == null ? null : duration(Duration.between(job.began(), job.ended()).toSeconds());
    }
    List<Attempt> ended = job.attempts().stream().filter(attempt -> attempt.ended() != null).toList();
    Duration all =
        ended.stream().map(attempt -> Duration.between(attempt.began(), attempt.ended())).reduce(Duration.ZERO, Duration::plus);
    return ended.isEmpty() ? null : duration(all.toSeconds());
  }

  private static String progress(Position position) {
    if (position == null) {
      return null;
    }
    String epoch = "epoch " + position.epoch() + (position.epochs() == null ? "" : "/" + position.epochs());
    return position.step() == 0 ? epoch : epoch + " step " + position.step() + (position.steps() == null ? "" : "/" + position.steps());
  }

  static String time(Instant instant) {
    return instant == null ? null : TIME.format(instant.atZone(ZoneId.systemDefault()));
  }

  private static String duration(long seconds) {
    long minutes = seconds / MINUTE;
    return minutes < MINUTE
        ? "%d:%02d min".formatted(minutes, seconds % MINUTE)
        : "%d:%02d h".formatted(minutes / MINUTE, minutes % MINUTE);
  }
}
