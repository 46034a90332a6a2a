// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Times something that is warm. */
final class Timing {
  private Timing() {}

  /** The times of calls after a warm-up. */
  static Times measure(Effort effort, Runnable body) {
    return collect(effort, () -> new double[] {seconds(body)}).getFirst();
  }

  /**
   * The same of calls that tell their times themselves, part by part.
   *
   * @return of each part
   */
  static List<Times> collect(Effort effort, Supplier<double[]> body) {
    double spent = 0;
    for (int i = 0; i < effort.warmUpRuns() || spent < effort.warmUpSeconds(); i++) {
      spent += seconds(body::get);
    }
    List<double[]> runs = new ArrayList<>();
    spent = 0;
    while (runs.size() < effort.minRuns() || runs.size() < effort.maxRuns() && spent < effort.seconds()) {
      spent += seconds(() -> runs.add(body.get()));
    }
    return IntStream.range(0, runs.getFirst().length)
        .mapToObj(part -> Times.of(runs.stream().mapToDouble(run -> run[part]).toArray()))
        .toList();
  }

  /** Median seconds of that many runs, after a warm-up. */
  static double median(int runs, Runnable body) {
    return measure(Effort.runs(runs), body).medianSeconds();
  }

  /** The value in the middle, or the one behind it. */
  static double median(double... values) {
    return Times.of(values).medianSeconds();
  }

  private static double seconds(Runnable body) {
    long start = System.nanoTime();
    body.run();
    return (System.nanoTime() - start) * 1e-9;
  }
}
