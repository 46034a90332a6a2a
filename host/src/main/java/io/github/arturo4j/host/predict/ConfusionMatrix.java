// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.predict;

import io.github.arturo4j.kernels.loss.Targets;
import io.github.arturo4j.models.metric.Accuracy;
import io.github.arturo4j.models.metric.OutputObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How often examples of each class were taken for each class.
 *
 * @param counts [class, taken for]
 * @param names of the classes
 */
public record ConfusionMatrix(int[][] counts, List<String> names) {
  private static final int MAX_COLUMNS = 20;
  private static final int WIDTH = 8;

  /** Counts the examples of an evaluation. */
  public static final class Counter implements OutputObserver {
    private final int[] labels;
    private final List<String> names;
    private final int[][] counts;

    /**
     * Of examples.
     *
     * @param targets their classes
     * @param names of the classes
     */
    public Counter(Targets.Classes targets, List<String> names) {
      labels = targets.labels();
      this.names = List.copyOf(names);
      counts = new int[names.size()][names.size()];
    }

    @Override
    public void add(int example, float[] outputs) {
      counts[labels[example]][Accuracy.best(outputs)]++;
    }

    /** That of the examples so far. */
    public ConfusionMatrix matrix() {
      return new ConfusionMatrix(counts, names);
    }
  }

  /** Examples of a class. */
  private int support(int label) {
    return IntStream.of(counts[label]).sum();
  }

  /** Examples that were taken for a class. */
  private int taken(int label) {
    return IntStream.range(0, names.size()).map(other -> counts[other][label]).sum();
  }

  /** Of the examples that were taken for a class, the share that is of it; NaN if there are none. */
  public double precision(int label) {
    return (double) counts[label][label] / taken(label);
  }

  /** Of the examples of a class, the share that was taken for it; NaN if there are none. */
  public double recall(int label) {
    return (double) counts[label][label] / support(label);
  }

  /** The harmonic mean of both: 0 where none was right; NaN if there are none of either. */
  public double f1(int label) {
    return 2.0 * counts[label][label] / (taken(label) + support(label));
  }

  /** A line for each class, and the matrix behind it where it is not too wide. */
  public List<String> lines() {
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    String name = "%-" + Math.max(longest, "class".length()) + "s";
    List<String> lines = new ArrayList<>();
    lines.add(String.format(name + " %9s %9s %9s %9s", "class", "examples", "precision", "recall", "F1"));
    for (int label = 0; label < names.size(); label++) {
      lines.add(
          String.format(
              Locale.ROOT, name + " %9d %9s %9s %9s", names.get(label), support(label), share(precision(label)),
              share(recall(label)), share(f1(label))));
    }
    if (names.size() > MAX_COLUMNS) {
      return lines;
    }
    lines.add("");
    StringBuilder header = new StringBuilder(String.format(name, "taken for"));
    names.forEach(each -> header.append(String.format(" %" + WIDTH + "s", shortened(each))));
    lines.add(header.toString());
    for (int label = 0; label < names.size(); label++) {
      StringBuilder line = new StringBuilder(String.format(name, names.get(label)));
      for (int count : counts[label]) {
        line.append(String.format(" %" + WIDTH + "d", count));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  private static String share(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }

  private static String shortened(String name) {
    return name.length() <= WIDTH ? name : name.substring(0, WIDTH - 1) + "…";
  }
}
