// SPDX-License-Identifier: Apache-2.0
package io.github.arturo4j.service.cli;

import io.github.arturo4j.host.cli.RequestedTraining;
import io.github.arturo4j.host.io.UsageException;
import io.github.arturo4j.service.api.JobKind;
import io.github.arturo4j.service.api.OptionNames;
import io.github.arturo4j.service.client.NewJob;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Gives a command those options of {@code train}, {@code compare} and {@code tune} that a job may set, as they are there. */
final class JobOptions implements IModelTransformer {
  @Override
  public CommandSpec transform(CommandSpec command) {
    all().values().forEach(option -> command.addOption(copy(option)));
    return command;
  }

  /** Of all kinds of jobs, by name; those of a training first. */
  private static SequencedMap<String, OptionSpec> all() {
    SequencedMap<String, OptionSpec> all = new LinkedHashMap<>();
    for (JobKind kind : JobKind.values()) {
      RequestedTraining.options(kind.word(), OptionNames.of(kind)).forEach(all::putIfAbsent);
    }
    return all;
  }

  /** One that belongs to no other command's object. The default is the server's. */
  private static OptionSpec copy(OptionSpec option) {
    String only = OptionNames.of(JobKind.TRAIN).contains(name(option)) ? "" : " With " + flags(name(option)) + ".";
    List<String> description =
        Stream.of(option.description()).map(line -> line.replace("${DEFAULT-VALUE}", String.valueOf(option.defaultValue()))).toList();
    return OptionSpec.builder(option.names())
        .negatable(option.negatable())
        .paramLabel(option.paramLabel())
        .arity(option.arity().toString())
        .type(option.type())
        .auxiliaryTypes(option.auxiliaryTypes())
        .splitRegex(option.splitRegex())
        .completionCandidates(option.completionCandidates())
        .description(
            description.stream().map(line -> line.equals(description.getLast()) ? line + only : line).toArray(String[]::new))
        .build();
  }

  /** What makes a job one of the kinds that have an option. */
  private static String flags(String name) {
    return Arrays.stream(JobKind.values())
        .filter(kind -> OptionNames.of(kind).contains(name))
        .map(kind -> "--" + kind.word())
        .collect(Collectors.joining(" or "));
  }

  private static String name(OptionSpec option) {
    return option.longestName().substring("--".length());
  }

  /**
   * Sets those that were given.
   *
   * @throws UsageException if a job of that kind has no such option
   */
  static void apply(ParseResult given, JobKind kind, NewJob job) {
    Map<String, OptionSpec> all = all();
    for (OptionSpec option : given.matchedOptions()) {
      String name = name(option);
      if (all.containsKey(name)) {
        check(option, kind);
        job.option(name, value(option));
      }
    }
  }

  private static void check(OptionSpec option, JobKind kind) {
    if (!OptionNames.of(kind).contains(name(option))) {
      throw new UsageException(
          kind == JobKind.TRAIN
              ? option.longestName() + " is for another kind of job; add " + flags(name(option)) + ", or leave it out"
              : option.longestName() + " is not for --" + kind.word() + "; leave it out, or --" + kind.word());
    }
  }

  private static Object value(OptionSpec option) {
    Object value = option.getValue();
    if (value instanceof List<?> list) {
      List<String> texts = list.stream().map(String::valueOf).toList();
      return texts.size() > 1 && option.splitRegex().isEmpty() ? texts : String.join(",", texts);
    }
    return value instanceof Number || value instanceof Boolean ? value : value.toString();
  }
}
