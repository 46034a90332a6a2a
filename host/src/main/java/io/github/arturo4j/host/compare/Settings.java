// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.host.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import io.github.arturo4j.host.experiment.Difference;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.host.run.Fingerprint;
import io.github.arturo4j.host.run.InitialWeights;
import io.github.arturo4j.models.metric.Metric;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What is compared; a comparison goes on with the same settings only, but for more epochs.
 *
 * @param experiment its name
 * @param seeds a run of each optimizer for each
 * @param weights the file of the weights that every run begins with; null for random ones of its seed
 * @param limitTrain how many of the training images are used; null for all
 * @param limitTest how many of the test images are used; null for all
 * @param device its id and name
 * @param trainImages the training images
 * @param testImages the examples that epochs are judged by
 * @param optimizers how each of the compared trains, by label; all for the same number of epochs
 */
public record Settings(
    String experiment,
    List<Long> seeds,
    @JsonInclude(JsonInclude.Include.NON_NULL) InitialWeights weights,
    @JsonSetter(nulls = Nulls.SET) Integer limitTrain,
    @JsonSetter(nulls = Nulls.SET) Integer limitTest,
    String device,
    Fingerprint trainImages,
    Fingerprint testImages,
    SequencedMap<String, Experiment> optimizers) {
  /** The set that epochs are judged by: test or validation. */
  public String judgedBy() {
    return testImages.use();
  }

  /** Checks the values. */
  public Settings {
    if (seeds.isEmpty() || optimizers.isEmpty()) {
      throw new IllegalArgumentException((seeds.isEmpty() ? "--seeds" : "--optimizers") + " is empty; give at least one");
    }
    if (new TreeSet<>(seeds).size() < seeds.size()) {
      throw new IllegalArgumentException("--seeds has one twice: " + join(seeds) + "; leave it out");
    }
    Map<String, Integer> epochs = new LinkedHashMap<>();
    optimizers.forEach((label, e) -> epochs.put(label, e.epochs()));
    if (new TreeSet<>(epochs.values()).size() > 1) {
      throw new IllegalArgumentException("the optimizers differ in epochs: " + epochs + "; give --epochs");
    }
    Map<String, List<String>> metrics = new LinkedHashMap<>();
    optimizers.forEach((label, e) -> metrics.put(label, e.measured().stream().map(Metric::name).toList()));
    if (new HashSet<>(metrics.values()).size() > 1) {
      throw new IllegalArgumentException("the optimizers differ in metrics: " + metrics + "; give --metrics");
    }
  }

  /** What evaluations measure; the first is what runs are compared by. */
  List<Metric> metrics() {
    return optimizers.firstEntry().getValue().measured();
  }

  /** Epochs of each run. */
  public int epochs() {
    return optimizers.firstEntry().getValue().epochs();
  }

  /** One of the compared whose schedule spans the whole training, so that it cannot go on with more epochs, if there is one. */
  Optional<String> spanning() {
    return optimizers.entrySet().stream()
        .filter(entry -> entry.getValue().schedule().spansTraining())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** The same with that number of epochs. */
  Settings withEpochs(int epochs) {
    SequencedMap<String, Experiment> longer = new LinkedHashMap<>();
    optimizers.forEach((label, e) -> longer.put(label, e.with(epochs, null, null, e.optimizer())));
    return new Settings(experiment, seeds, weights, limitTrain, limitTest, device, trainImages, testImages, longer);
  }

  /** The names of the compared. */
  public List<String> labels() {
    return List.copyOf(optimizers.sequencedKeySet());
  }

  /** The first difference from the settings of before, in words; nothing if there is none. */
  Optional<String> difference(Settings before) {
    boolean ofFile = Experiments.isFile(before.experiment); // earlier versions have kept a file's path for its name
    Map<String, String> there = before.flags(ofFile);
    for (Map.Entry<String, String> here : flags(ofFile).entrySet()) {
      String value = there.get(here.getKey());
      if (!here.getValue().equals(value)) {
        return Optional.of(here.getKey() + " " + value + " there, " + here.getValue() + " here");
      }
    }
    return optimizers.entrySet().stream()
        .flatMap(e -> difference(e.getKey(), before.optimizers.get(e.getKey()), e.getValue()).stream())
        .findFirst();
  }

  private Map<String, String> flags(boolean ofFile) {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("--optimizers", join(labels()));
    flags.put("EXPERIMENT", ofFile ? optimizers.firstEntry().getValue().name() : experiment);
    flags.put("--seeds", join(seeds));
    flags.put("--epochs", "" + epochs());
    flags.put("--weights", weights == null ? "none" : "of SHA-256 " + weights.sha256());
    flags.put("--limit-train", limitTrain == null ? "none" : "" + limitTrain);
    flags.put("--limit-test", limitTest == null ? "none" : "" + limitTest);
    flags.put("--device", device);
    flags.put("--data", trainImages + " and " + testImages);
    return flags;
  }

  private static Optional<String> difference(String label, Experiment before, Experiment now) {
    return Difference.between(before, now, Set.of()).map(difference -> label + " with " + difference);
  }

  private static String join(List<?> values) {
    return values.stream().map(Object::toString).collect(Collectors.joining(","));
  }
}
