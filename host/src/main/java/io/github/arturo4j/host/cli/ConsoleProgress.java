// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.cli;

import io.github.arturo4j.host.run.EpochRow;
import io.github.arturo4j.host.train.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar for each epoch where there is a terminal, and a line for each epoch in any case. */
final class ConsoleProgress implements Progress, AutoCloseable {
  private final PrintWriter out;
  private final int epochs;
  private final boolean terminal = System.console() != null && System.console().isTerminal();
  private boolean headed;
  private ProgressBar bar;

  ConsoleProgress(PrintWriter out, int epochs) {
    this.out = out;
    this.epochs = epochs;
  }

  @Override
  public void epochStarted(int epoch, int steps) {
    if (!headed) {
      headed = true;
      out.println("epoch   train loss  accuracy   test loss  accuracy   network  optimizer  evaluation       eta        KL");
      out.flush();
    }
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("epoch " + epoch + "/" + epochs)
              .setInitialMax(steps)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(200)
              .clearDisplayOnFinish()
              .build();
    }
  }

  @Override
  public void stepDone(int step, double seconds, int images) {
    if (bar != null) {
      bar.stepTo(step);
    }
  }

  @Override
  public void warning(String line) {
    close();
    out.println(line);
  }

  @Override
  public void epochDone(EpochRow row) {
    close();
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
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
