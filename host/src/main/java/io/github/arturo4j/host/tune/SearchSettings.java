// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.tune;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.github.arturo4j.host.experiment.Difference;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.run.Fingerprint;
import io.github.arturo4j.host.run.InitialWeights;
import io.github.arturo4j.models.metric.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a search is made of; it goes on with the same settings only, but for more trials.
 *
 * @param name the experiment's name or file, as it was given
 * @param trials how many sets of values are tried
 * @param minEpochs epochs of the first rung at least
 * @param reduction one of so many trials goes on to the next rung
 * @param weights the file of the weights that every trial begins with; null for random ones of the seed
 * @param limitTrain how many of the training examples are used; null for all
 * @param limitTest how many of the validation examples are used; null for all
 * @param device its id and name; null if trials may be trained on any
 * @param train the training examples
 * @param validation the examples that trials are judged by
 * @param search what is tried, by the paths of the values
 * @param experiment how a trial trains, but for these values; its epochs are the most that a trial has
 */
public record SearchSettings(
    String name,
    Method method,
    int trials,
    int minEpochs,
    int reduction,
    @JsonInclude(JsonInclude.Include.NON_NULL) InitialWeights weights,
    @JsonSetter(nulls = Nulls.SET) Integer limitTrain,
    @JsonSetter(nulls = Nulls.SET) Integer limitTest,
    @JsonInclude(JsonInclude.Include.NON_NULL) String device,
    Fingerprint train,
    Fingerprint validation,
    SequencedMap<String, Domain> search,
    Experiment experiment) {
  private static final int MAX_TRIALS = 100_000;

  /** Checks the values. */
  public SearchSettings {
    check(trials, minEpochs, reduction, experiment.epochs());
  }

  /**
   * Checks what a search is to be like, before there is one.
   *
   * @param epochs the most that a trial has
   * @throws IllegalArgumentException if a value is out of its range; one line
   */
  public static void check(int trials, int minEpochs, int reduction, int epochs) {
    if (trials < 1 || trials > MAX_TRIALS) {
      throw new IllegalArgumentException("trials (--trials) is " + trials + "; it must be between 1 and " + MAX_TRIALS);
    }
    if (minEpochs < 1 || minEpochs > epochs) {
      throw new IllegalArgumentException(
          "minEpochs (--min-epochs) is " + minEpochs + "; it must be between 1 and the epochs, " + epochs);
    }
    if (reduction < 2) {
      throw new IllegalArgumentException("reduction (--reduction-factor) is " + reduction + "; it must be at least 2");
    }
  }

  /** Epochs of the rungs, rising: 1/η², 1/η and all of the experiment's, and so on down as long as there are enough. */
  public List<Integer> rungs() {
    List<Integer> rungs = new ArrayList<>(List.of(experiment.epochs()));
    for (int epochs = experiment.epochs() / reduction;
        method == Method.asha && epochs >= minEpochs;
        epochs = experiment.epochs() / (int) Math.pow(reduction, rungs.size())) {
      rungs.addFirst(epochs);
    }
    return rungs;
  }

  /** What it searches by. */
  public Metric metric() {
    return experiment.measured().getFirst();
  }

  /** The same with that number of trials. */
  SearchSettings withTrials(int more) {
    return new SearchSettings(
        name, method, more, minEpochs, reduction, weights, limitTrain, limitTest, device, train, validation, search, experiment);
  }

  /** The first difference from the settings of before, in words; nothing if there is none. */
  Optional<String> difference(SearchSettings before) {
    Map<String, String> there = before.flags();
    for (Map.Entry<String, String> here : flags().entrySet()) {
      String value = there.get(here.getKey());
      if (value != null && !here.getValue().equals(value)) {
        return Optional.of(here.getKey() + " " + value + " there, " + here.getValue() + " here");
      }
    }
    return Difference.between(before.experiment, experiment, Set.of()).map(Difference::toString);
  }

  private Map<String, String> flags() {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("EXPERIMENT", name);
    flags.put("--method", method.name());
    flags.put("--trials", "" + trials);
    flags.put("--epochs", "" + experiment.epochs());
    flags.put("--min-epochs", "" + minEpochs);
    flags.put("--reduction-factor", "" + reduction);
    flags.put("--weights", weights == null ? "none" : "of SHA-256 " + weights.sha256());
    flags.put("--limit-train", limitTrain == null ? "none" : "" + limitTrain);
    flags.put("--limit-test", limitTest == null ? "none" : "" + limitTest);
    if (device != null) {
      flags.put("--device", device);
    }
    flags.put("--data", train + " and " + validation);
    flags.put("search", words(search));
    return flags;
  }

  /** What is tried, in words. */
  public static String words(SequencedMap<String, Domain> search) {
    return search.entrySet().stream().map(entry -> entry.getKey() + " " + entry.getValue().words()).collect(Collectors.joining("; "));
  }
}
