// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.run;

import io.github.arturo4j.kernels.optimizer.StepReport;
import io.github.arturo4j.kernels.optimizer.WeightStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How an optimizer with a trust region fared in the last step of an epoch, in one group of its parameters.
 *
 * @param epoch from 1
 * @param group its name
 * @param weights how many there are
 * @param step see there
 * @param rates learning rates of single weights, see {@link WeightStatistics#rate}
 * @param curvatures estimated second derivatives of the loss
 */
public record Diagnosis(
    int epoch, String group, int weights, StepReport step, Quantiles rates, Quantiles curvatures) {
  private static final String HEADER =
      "epoch,group,weights,kl_bound,eta,kl_mean,kl_covariance,innovation,negative_curvature,skipped_steps,rate_05,rate_50,"
          + "rate_95,curvature_05,curvature_50,curvature_95";

  /** Weights that quantiles are taken of at most, spread evenly. */
  private static final int SAMPLE = 20_000;

  /** What five of a hundred weights are below, half of them, and all but five. */
  public record Quantiles(double low, double median, double high) {
    /** Those of many values, or of {@value Diagnosis#SAMPLE} of them. */
    static Quantiles of(float[] values) {
      int count = Math.min(SAMPLE, values.length);
      float[] sample = new float[count];
      for (int i = 0; i < count; i++) {
        sample[i] = values[(int) ((long) i * values.length / count)];
      }
      Arrays.sort(sample);
      return new Quantiles(at(sample, 0.05), at(sample, 0.5), at(sample, 0.95));
    }

    private static double at(float[] sorted, double share) {
      return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
  }

  /** Those of an epoch; none of an optimizer without a trust region. */
  public static List<Diagnosis> of(
      int epoch, SequencedMap<String, StepReport> reports, SequencedMap<String, WeightStatistics> statistics) {
    List<Diagnosis> all = new ArrayList<>();
    reports.forEach(
        (group, report) -> {
          WeightStatistics of = statistics.get(group);
          if (of != null) {
            all.add(
                new Diagnosis(
                    epoch, group, of.rate().length, report, Quantiles.of(of.rate()), Quantiles.of(of.curvature())));
          }
        });
    return all;
  }

  /** The file's text of many. */
  static String csv(List<Diagnosis> all) {
    return Stream.concat(Stream.of(HEADER), all.stream().map(Diagnosis::csv)).collect(Collectors.joining("\n", "", "\n"));
  }

  private String csv() {
    String quoted = group.matches("[^,\"\n]*") ? group : '"' + group.replace("\"", "\"\"") + '"';
    return String.format(
        Locale.ROOT, "%d,%s,%d,%.6g,%.6g,%.6g,%.6g,%.6g,%.6g,%d,%.6g,%.6g,%.6g,%.6g,%.6g,%.6g", epoch, quoted, weights,
        step.bound(), step.eta(), step.klTaken(), step.klCovariance(), step.innovation(), step.negativeCurvature(),
        step.skippedSteps(), rates.low(), rates.median(), rates.high(), curvatures.low(), curvatures.median(),
        curvatures.high());
  }

  /** Those in a file's lines; throws IllegalArgumentException if one is none. */
  static List<Diagnosis> parse(List<String> lines) {
    if (lines.isEmpty() || !lines.getFirst().equals(HEADER)) {
      throw new IllegalArgumentException("its first line is not the header of this version");
    }
    return lines.stream().skip(1).filter(line -> !line.isEmpty()).map(Diagnosis::parse).toList();
  }

  private static Diagnosis parse(String line) {
    int first = line.indexOf(',');
    int last = line.startsWith("\"", first + 1) ? line.lastIndexOf('"') + 1 : line.indexOf(',', first + 1);
    if (first < 0 || last < first) {
      throw new IllegalArgumentException("it has too few columns");
    }
    String name = line.substring(first + 1, last);
    String group = name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    double[] c = Arrays.stream(line.substring(last + 1).split(",", -1)).mapToDouble(Double::parseDouble).toArray();
    if (c.length != HEADER.split(",").length - 2) {
      throw new IllegalArgumentException("it has too few columns");
    }
    return new Diagnosis(
        Integer.parseInt(line.substring(0, first)), group, (int) c[0],
        new StepReport(c[1], c[2], c[3], c[4], c[5], c[6], (long) c[7]), new Quantiles(c[8], c[9], c[10]),
        new Quantiles(c[11], c[12], c[13]));
  }
}
