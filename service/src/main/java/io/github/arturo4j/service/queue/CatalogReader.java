// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.queue;

import io.github.arturo4j.host.cli.RequestedTraining;
import io.github.arturo4j.host.experiment.Experiment;
import io.github.arturo4j.host.experiment.Experiments;
import io.github.arturo4j.kernels.optimizer.Optimizers;
import io.github.arturo4j.service.api.Catalog;
import io.github.arturo4j.service.api.ExperimentInfo;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.OptionInfo;
import io.github.arturo4j.service.api.OptionNames;
import io.github.arturo4j.service.api.OptionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.OptionSpec;

/** Makes the catalog of what the commands themselves say of their options. */
final class CatalogReader {
  private CatalogReader() {}

  static Catalog read() {
    Map<String, OptionInfo> options = new LinkedHashMap<>();
    for (JobKind kind : JobKind.values()) {
      RequestedTraining.options(kind.word(), OptionNames.of(kind))
          .forEach((name, option) -> options.merge(name, info(name, option, kind), CatalogReader::joined));
    }
    return new Catalog(
        Experiments.ALL.stream().map(CatalogReader::info).toList(), Optimizers.names(), List.copyOf(options.values()));
  }

  private static ExperimentInfo info(String name) {
    Experiment found = Experiments.find(name);
    return new ExperimentInfo(
        name, found.model().label(), found.dataset().label(), found.optimizer().name(), found.epochs(), found.batchSize(), found.seed());
  }

  private static OptionInfo info(String name, OptionSpec option, JobKind kind) {
    Class<?> type = option.auxiliaryTypes()[0];
    boolean many = option.splitRegex() != null && !option.splitRegex().isEmpty();
    boolean repeated = option.isMultiValue() && !many;
    String description = String.join(" ", option.description()).replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()));
    return new OptionInfo(name, type(type), values(option), many, repeated, description, List.of(kind));
  }

  /** Of a flag that can be negated, leaving it out is a third thing. */
  private static List<String> values(OptionSpec option) {
    if (option.negatable()) {
      return List.of("true", "false");
    }
    return option.completionCandidates() == null
        ? null
        : StreamSupport.stream(option.completionCandidates().spliterator(), false).toList();
  }

  private static OptionType type(Class<?> type) {
    if (type == Integer.class || type == int.class || type == Long.class || type == long.class) {
      return OptionType.INTEGER;
    }
    if (type == Double.class || type == double.class) {
      return OptionType.NUMBER;
    }
    return type == boolean.class || type == Boolean.class ? OptionType.BOOLEAN : OptionType.STRING;
  }

  private static OptionInfo joined(OptionInfo one, OptionInfo other) {
    List<JobKind> kinds = new ArrayList<>(one.commands());
    kinds.addAll(other.commands());
    return new OptionInfo(one.name(), one.type(), one.values(), one.many(), one.repeated(), one.description(), List.copyOf(kinds));
  }
}
