// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.chart.Digits;
import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.run.JudgingSet;
import io.github.arturo4j.host.run.Scores;
import io.github.arturo4j.host.run.StepRow;
import io.github.arturo4j.host.train.EpochResult;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingResult;
import io.github.arturo4j.models.metric.Metric;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A line for each epoch; within one, a bar on the error stream if that is a terminal, else a plain line a minute.
 */
final class ConsoleListener implements TrainingListener {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  /** Of the column of a metric. */
  private static final int MIN_WIDTH = 9;

  /** From it on, a loss with four digits is wider than its column. */
  private static final double MAX_LOSS = 1e5;

  private final PrintWriter out;
  private final int epochs;
  private final List<Metric> metrics;
  private final JudgingSet judgedBy;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private boolean headed;
  private ProgressBar bar;
  private int epoch;
  private int steps;
  private int stepsDone;
  private long lastLine;

  ConsoleListener(PrintWriter out, int epochs, List<Metric> metrics, JudgingSet judgedBy) {
    this(out, epochs, metrics, judgedBy, Terminal.hasErrorStream(), System::nanoTime);
  }

  /** With a bar or lines, and lines by that clock. */
  ConsoleListener(
      PrintWriter out, int epochs, List<Metric> metrics, JudgingSet judgedBy, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.epochs = epochs;
    this.metrics = metrics;
    this.judgedBy = judgedBy;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
  }

  @Override
  public void epochStarted(int newEpoch, int itsSteps) {
    if (!headed) {
      headed = true;
      String titles =
          metrics.stream().map(m -> String.format(" %" + width(m) + "s", m.title())).collect(Collectors.joining());
      out.println(
          "epoch   train loss" + titles + String.format(" %11s", (judgedBy == JudgingSet.test ? "test" : "valid.") + " loss") + titles
              + "   network  optimizer  evaluation       eta        KL");
      out.flush();
    }
    epoch = newEpoch;
    steps = itsSteps;
    stepsDone = 0;
    lastLine = nanoTime.getAsLong();
    showBar();
  }

  private void showBar() {
    if (terminal && steps > 0) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("epoch " + epoch + "/" + epochs)
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setConsumer(new Bar())
              .clearDisplayOnFinish()
              .build();
      bar.stepTo(stepsDone);
    }
  }

  @Override
  public void stepDone(int step, double seconds, int images) {
    stepsDone = step;
    if (bar != null) {
      bar.stepTo(step);
    }
    lineIfDue();
  }

  @Override
  public void evaluating() {
    lineIfDue();
  }

  private void lineIfDue() {
    if (terminal || nanoTime.getAsLong() - lastLine < MINUTE) {
      return;
    }
    lastLine = nanoTime.getAsLong();
    out.printf(
        "epoch %d/%d: %s%n",
        epoch, epochs, stepsDone == steps ? "evaluation" : "step " + stepsDone + " of " + steps + " is done");
    out.flush();
  }

  @Override
  public void warning(String line) {
    clearBar();
    out.println(line);
  }

  @Override
  public void stepEvaluated(StepRow row) {
    String values =
        metrics.stream()
            .map(metric -> ", " + metric.title() + " " + Digits.text(metric, row.judged().metric(metric.name())))
            .collect(Collectors.joining());
    clearBar();
    out.println("step " + row.step() + ": " + row.judgedBy() + " loss " + loss(row.judged().loss()) + values);
    out.flush();
    showBar();
  }

  @Override
  public void epochDone(EpochResult result) {
    clearBar();
    EpochRow row = result.row();
    out.printf(
        Locale.ROOT,
        "%3d/%-3d %10s%s %11s%s %8.1fs %10s %10.1fs %9s %9s%s%n",
        row.epoch(),
        epochs,
        loss(row.trainLoss()),
        values(row.train()),
        loss(row.judgedLoss()),
        values(row.judged()),
        row.networkSeconds(),
        Double.isNaN(row.optimizerSeconds()) ? "-" : String.format(Locale.ROOT, "%.2fs", row.optimizerSeconds()),
        row.evaluationSeconds(),
        number(row.eta()),
        number(row.klTaken()),
        row.skippedSteps() == 0 ? "" : "   skipped steps: " + row.skippedSteps());
    out.flush();
  }

  private String values(Scores scores) {
    return metrics.stream()
        .map(metric -> String.format(" %" + width(metric) + "s", Digits.text(metric, scores.metric(metric.name()))))
        .collect(Collectors.joining());
  }

  /** Four digits, and fewer of what would not fit its column. */
  private static String loss(double value) {
    return Math.abs(value) < MAX_LOSS ? String.format(Locale.ROOT, "%.4f", value) : Digits.text(value);
  }

  private static int width(Metric metric) {
    return Math.max(MIN_WIDTH, metric.title().length() + 1);
  }

  /** Three digits; a dash for what the optimizer does not have. */
  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.3g", value);
  }

  @Override
  public void stopped(TrainingResult result) {
    clearBar();
  }

  @Override
  public void failed(Throwable failure) {
    clearBar();
  }

  private void clearBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** Writes as wide as the terminal is, without JLine, which would unpack a library of its own to find out. */
  private static final class Bar extends ConsoleProgressBarConsumer {
    Bar() {
      super(System.err);
    }

    @Override
    public int getMaxRenderedLength() {
      return Terminal.columns() - 1;
    }
  }
}
