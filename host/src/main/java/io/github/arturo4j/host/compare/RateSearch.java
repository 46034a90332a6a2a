// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.kernels.optimizer.OptimizerConfig;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The same small search for every optimizer's rate on a problem: those that make steps of 0.1, 0.316, 1, 3.16 and 10 times the
 * length that its default makes, or fewer or more in the same way.
 *
 * @param problem the experiment
 * @param optimizers their names
 * @param rates how many, the default among them
 */
public record RateSearch(Experiment problem, List<String> optimizers, int rates) {
  /** Between an optimizer's name and what tells it apart from the same with its defaults. */
  private static final String TUNED = "-tuned";

  /** Half a power of ten. */
  private static final double RATIO = Math.sqrt(10);

  private static final MathContext DIGITS = new MathContext(3);

  /** The experiment with an optimizer's defaults. */
  private Experiment withDefaults(String optimizer) {
    return Experiments.withDefaults(problem, optimizer);
  }

  /** The rates of an optimizer, from low to high, of three digits but for the default. */
  List<Double> rates(String optimizer) {
    OptimizerConfig defaults = withDefaults(optimizer).optimizer();
    List<Double> all = new ArrayList<>();
    for (int i = -rates / 2; i <= rates / 2; i++) {
      all.add(i == 0 ? defaults.initialRate() : rounded(defaults.rateOfSteps(Math.pow(RATIO, i))).doubleValue());
    }
    return all;
  }

  private static BigDecimal rounded(double rate) {
    return new BigDecimal(rate).round(DIGITS).stripTrailingZeros();
  }

  /** What is tried: every optimizer with each of its rates. */
  public SequencedMap<String, Experiment> trials() {
    SequencedMap<String, Experiment> trials = new LinkedHashMap<>();
    for (String optimizer : optimizers) {
      rates(optimizer).forEach(rate -> trials.put(label(optimizer, rate), withRate(optimizer, rate)));
    }
    return trials;
  }

  private static String label(String optimizer, double rate) {
    return optimizer + "-" + rounded(rate);
  }

  private Experiment withRate(String optimizer, double rate) {
    Experiment defaults = withDefaults(optimizer);
    return defaults.change().optimizer(defaults.optimizer().withInitialRate(rate)).build();
  }

  /**
   * The best rate of each optimizer: that with the lowest loss on the validation set after the last epoch, where none is better
   * than the default that one. A run that has failed is the worst.
   *
   * @param trials all of them, finished or failed
   */
  public SequencedMap<String, Double> best(List<Run> trials) {
    SequencedMap<String, Double> best = new LinkedHashMap<>();
    for (String optimizer : optimizers) {
      double chosen = withDefaults(optimizer).optimizer().initialRate();
      double lowest = loss(trials, label(optimizer, chosen));
      for (double rate : rates(optimizer)) {
        double loss = loss(trials, label(optimizer, rate));
        if (loss < lowest) {
          lowest = loss;
          chosen = rate;
        }
      }
      best.put(optimizer, chosen);
    }
    return best;
  }

  private static double loss(List<Run> trials, String label) {
    return trials.stream()
        .filter(run -> run.label().equals(label) && run.state() == Run.State.FINISHED)
        .mapToDouble(run -> run.last().judgedLoss())
        .findFirst()
        .orElse(Double.POSITIVE_INFINITY);
  }

  /** What is compared then: every optimizer with its defaults, under its name, and those that have another best rate with that. */
  public SequencedMap<String, Experiment> contestants(Map<String, Double> best) {
    SequencedMap<String, Experiment> all = new LinkedHashMap<>();
    for (String optimizer : optimizers) {
      Experiment defaults = withDefaults(optimizer);
      all.put(optimizer, defaults);
      if (best.get(optimizer) != defaults.optimizer().initialRate()) {
        all.put(optimizer + TUNED, withRate(optimizer, best.get(optimizer)));
      }
    }
    return all;
  }

  /** Under which of these labels an optimizer stands with its tuned rate. */
  static String tuned(Settings settings, String optimizer) {
    return settings.optimizers().containsKey(optimizer + TUNED) ? optimizer + TUNED : optimizer;
  }
}
