// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What is measured of a run, and how it is written. */
enum Measure {
  FINAL_ACCURACY("final test accuracy, %", Better.HIGHER, run -> 100 * run.last().testAccuracy()) {
    @Override
    int digits(double value) {
      return 2;
    }
  },
  BEST_ACCURACY("best test accuracy, %", Better.HIGHER, run -> 100 * run.best().testAccuracy()) {
    @Override
    int digits(double value) {
      return 2;
    }
  },
  FINAL_LOSS("final test loss", Better.LOWER, run -> run.last().testLoss()) {
    @Override
    int digits(double value) {
      return value < 100 ? 4 : 0;
    }
  },
  SECONDS("seconds per epoch", Better.LOWER, Run::secondsPerEpoch) {
    @Override
    int digits(double value) {
      return value < 1 ? 3 : value < 100 ? 2 : 1;
    }
  },
  OPTIMIZER_SHARE("optimizer share, %", Better.NEITHER, run -> 100 * run.optimizerShare()) {
    @Override
    int digits(double value) {
      return 1;
    }
  };

  /** Which of two values is the better one. */
  enum Better {
    HIGHER,
    LOWER,
    NEITHER
  }

  private final String title;
  private final Better better;
  private final ToDoubleFunction<Run> value;

  Measure(String title, Better better, ToDoubleFunction<Run> value) {
    this.title = title;
    this.better = better;
    this.value = value;
  }

  /** Digits after the point for values of that size. */
  abstract int digits(double value);

  String title() {
    return title;
  }

  double of(Run run) {
    return value.applyAsDouble(run);
  }

  Summary of(List<Run> runs) {
    return Summary.of(runs.stream().mapToDouble(value).toArray());
  }

  /** The value as text; a dash for none. */
  String text(double number) {
    return text(number, number);
  }

  /** Mean ± standard deviation; the mean alone where a deviation is not defined. */
  String text(Summary summary) {
    return text(summary.mean(), summary.mean())
        + (Double.isNaN(summary.deviation()) ? "" : " ± " + text(summary.deviation(), summary.mean()));
  }

  private String text(double number, double size) {
    return Double.isNaN(number) ? "–" : String.format(Locale.ROOT, "%." + digits(size) + "f", number);
  }

  /** The best of the means; NaN if there is none to choose. */
  double best(List<Summary> summaries) {
    double[] means = summaries.stream().mapToDouble(Summary::mean).filter(mean -> !Double.isNaN(mean)).toArray();
    if (means.length < 2 || better == Better.NEITHER) {
      return Double.NaN;
    }
    double best = means[0];
    for (double mean : means) {
      best = better == Better.HIGHER ? Math.max(best, mean) : Math.min(best, mean);
    }
    return best;
  }
}
