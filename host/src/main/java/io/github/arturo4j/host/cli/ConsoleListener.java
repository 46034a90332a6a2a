// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.train.EpochResult;
import io.github.arturo4j.host.train.TrainingListener;
import io.github.arturo4j.host.train.TrainingResult;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * A line for each epoch; within one, a bar on the error stream if that is a terminal, else a plain line a minute.
 */
final class ConsoleListener implements TrainingListener {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final PrintWriter out;
  private final int epochs;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private boolean headed;
  private ProgressBar bar;
  private int epoch;
  private int steps;
  private int stepsDone;
  private long lastLine;

  ConsoleListener(PrintWriter out, int epochs) {
    this(out, epochs, Terminal.hasErrorStream(), System::nanoTime);
  }

  /** With a bar or lines, and lines by that clock. */
  ConsoleListener(PrintWriter out, int epochs, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.epochs = epochs;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
  }

  @Override
  public void epochStarted(int newEpoch, int itsSteps) {
    if (!headed) {
      headed = true;
      out.println("epoch   train loss  accuracy   test loss  accuracy   network  optimizer  evaluation       eta        KL");
      out.flush();
    }
    epoch = newEpoch;
    steps = itsSteps;
    stepsDone = 0;
    lastLine = nanoTime.getAsLong();
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("epoch " + epoch + "/" + epochs)
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .setConsumer(new Bar())
              .clearDisplayOnFinish()
              .build();
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
  public void epochDone(EpochResult result) {
    clearBar();
    EpochRow row = result.row();
    out.printf(
        Locale.ROOT,
        "%3d/%-3d %10.4f %9.4f %11.4f %9.4f %8.1fs %10s %10.1fs %9s %9s%s%n",
        row.epoch(),
        epochs,
        row.trainLoss(),
        row.trainAccuracy(),
        row.testLoss(),
        row.testAccuracy(),
        row.networkSeconds(),
        Double.isNaN(row.optimizerSeconds()) ? "-" : String.format(Locale.ROOT, "%.2fs", row.optimizerSeconds()),
        row.evaluationSeconds(),
        number(row.eta()),
        number(row.klTaken()),
        row.skippedSteps() == 0 ? "" : "   skipped steps: " + row.skippedSteps());
    out.flush();
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
